package weir_test

import (
	"path/filepath"
	"regexp"
	"testing"
)

// threats are what comes in by RTMP and could do harm, each with the tests that
// hold it off.
var threats = []struct {
	threat string
	tests  []string
}{
	{"a thousand connections that say nothing", []string{"TestSilentPeersAreCheap", "TestHandshakeTimeoutDirective"}},
	{"another protocol, or another version of this one", []string{"TestHostilePeersHarmNobody", "TestHTTPIsSentAwayAtOnce"}},
	{"a handshake of a byte a second", []string{"TestSlowHandshakeEnds"}},
	{"a handshake of noise, digests that are none", []string{"TestHostilePeersHarmNobody", "TestDigestsAreAnswered", "FuzzHandshake"}},
	{"chunk sizes of 0, 1, 2 GB, with the high bit, of 3 bytes", []string{"TestHostilePeersHarmNobody", "TestHostilePeersAreSentAway"}},
	{"messages of 16 MB of which a byte comes", []string{"TestAnnouncedMessagesAreNotAllocated", "TestParserHoldsWhatWasSent"}},
	{"unfinished messages on all chunk streams", []string{"TestHostilePeersHarmNobody", "FuzzParser"}},
	{"headers that lean on nothing, or change a message midway; abort of nothing", []string{"TestHostilePeersHarmNobody", "FuzzParser"}},
	{"extended timestamps of both styles, wraps, jumps", []string{"TestPublisherSurvives", "TestClockUnwraps", "TestHostileMedia"}},
	{"deep, long, cyclic values", []string{"TestDecodeRefuses", "FuzzDecode", "TestHostilePeersHarmNobody"}},
	{"AMF 3, unknown commands without an end, transactions that are NaN", []string{"TestHostilePeersHarmNobody", "TestPeersAreUnderstood"}},
	{"commands out of order, streams without an end, two sessions on one stream", []string{"TestHostilePeersHarmNobody", "TestTwoPublishersOnOneConnection", "TestPlayerStops"}},
	{"line breaks, escapes and quotes in names and URLs", []string{"TestHostileNames", "TestHostileTexts"}},
	{"players that do not read", []string{"TestPlayersThatDoNotRead"}},
	{"a flood of connections", []string{"TestFloodOfConnections", "TestMaxConnectionsDirective"}},
	{"parameter sets, NALUs, FourCCs that lie", []string{"TestHostileMedia"}},
	{"audio only, codecs that change, no keyframe, no time", []string{"TestHostileMedia", "TestPlayersOfOthersPlay"}},
	{"metadata of 1 MB, of no object, of NaN", []string{"TestHostileMedia", "TestPublisherSurvives"}},
	{"publishers that die", []string{"TestPublishersThatDie", "TestPublishTimeoutDirectives"}},
	{"a thousand publishers for one name at once", []string{"TestContendersForAName"}},
}

func TestThreatsAreTested(t *testing.T) {
	known := map[string]bool{}
	for _, dir := range []string{".", "media/rtmp", "media/rtmp/amf0", "media/rtmp/chunk"} {
		names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			for _, m := range testName.FindAllStringSubmatch(textOf(t, name), -1) {
				known[m[1]] = true
			}
		}
	}
	for _, threat := range threats {
		for _, test := range threat.tests {
			if !known[test] {
				t.Errorf("%s: there is no test %s", threat.threat, test)
			}
		}
	}
}

var testName = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
