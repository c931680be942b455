package builtin_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js/hook"
)

const apiFile = "../types/api.txt"

// Members of the types come and stay: one that goes, or changes, needs another
// hook.APIVersion. After either: go test ./js/builtin -run API -update.
func TestAPIIsCompatible(t *testing.T) {
	now := apiOf(string(types(t)))
	text, err := os.ReadFile(apiFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	head := fmt.Sprintf("API version %d", hook.APIVersion)
	before := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	gone := slices.DeleteFunc(slices.Clone(before[1:]), func(l string) bool { return slices.Contains(now, l) })
	if before[0] == head && len(gone) > 0 {
		t.Fatalf("incompatible: raise APIVersion in js/hook/types.go, then run with -update. What is gone, or is another:\n%s", strings.Join(gone, "\n"))
	}
	want := append([]string{head}, now...)
	if *update {
		if err := os.WriteFile(apiFile, []byte(strings.Join(want, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, before); diff != "" {
		t.Errorf("%s is behind the types, run with -update (-want +got):\n%s", apiFile, diff)
	}
}

func TestAPIOf(t *testing.T) {
	got := apiOf(`// A comment.
/** A thing. */
interface A {
  /**
   * Over lines.
   */
  readonly b: string;
  c(d: { e: number }): void;
}
declare module 'm' {
  export const x: {
    y: number;
  };
}
`)
	want := []string{
		"declare module 'm'",
		"declare module 'm' | export const x:",
		"declare module 'm' | export const x: | y: number;",
		"interface A",
		"interface A | c(d: { e: number }): void;",
		"interface A | readonly b: string;",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// apiOf lists the members of declarations, sorted, each behind what it is in.
func apiOf(text string) []string {
	var list, outer []string
	add := func(line string) { list = append(list, strings.Join(append(slices.Clone(outer), line), " | ")) }
	comment := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case comment || strings.HasPrefix(line, "/*"):
			comment = !strings.Contains(line, "*/")
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "}"):
			if outer = outer[:len(outer)-1]; len(line) > len("};") {
				add(line)
			}
		case strings.HasSuffix(line, "{"):
			line = strings.TrimSpace(strings.TrimSuffix(line, "{"))
			add(line)
			outer = append(outer, line)
		default:
			add(line)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// ours are declarations of what weir itself, or njs, has: nobody knows it from
// elsewhere.
var ours = regexp.MustCompile(`^(declare namespace weir|interface SharedDict|declare const (ngx|live|njs|process|console)|declare module 'weir:test')\b`)

var accessor = regexp.MustCompile(`^(readonly|get|set) `)

// Each member of ours has its documentation, or another of its name ahead of it has.
func TestMembersAreDocumented(t *testing.T) {
	var outer []string
	documented, last := false, ""
	for i, line := range strings.Split(string(types(t)), "\n") {
		line = strings.TrimSpace(line)
		name := accessor.ReplaceAllString(strings.SplitN(line, "(", 2)[0], "")
		switch {
		case line == "" || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "["):
		case strings.HasPrefix(line, "/*"):
			documented = true
			continue
		case strings.HasPrefix(line, "}"):
			outer = outer[:len(outer)-1]
		case !documented && name != last && len(outer) > 0 && ours.MatchString(outer[0]):
			t.Errorf("line %d: %s: %s has no documentation", i+1, strings.Join(outer, " "), line)
		}
		if strings.HasSuffix(line, "{") {
			outer = append(outer, line)
		}
		documented, last = false, name
	}
}
