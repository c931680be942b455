package builtin_test

import (
	"testing"
	"time"

	"weir/js"
	"weir/js/shared"
)

func TestNgx(t *testing.T) {
	h := &host{dicts: newDicts(t)}
	evaluate(t, h, "", []check{
		{"version", `ngx.version`, "1.2.3"},
		{"version", `ngx.version_number`, int64(1002003)},
		{"prefix", `ngx.prefix`, "/srv/"},
		{"conf", `ngx.conf_prefix`, "/etc/weir/"},
		{"conf", `ngx.conf_file_path`, "/etc/weir/srs.conf"},
		{"worker", `ngx.worker_id`, int64(0)},
		{"build", `[ngx.build, ngx.error_log_path, typeof ngx.engine_id].join()`, ",,number"},
		{"levels", `[ngx.ERR, ngx.WARN, ngx.INFO].join()`, "4,5,7"},
		{"no zones", `Object.keys(ngx.shared).length`, int64(0)},
		{"no zone", `ngx.shared.nope`, nil},
	})
}

func newDicts(t *testing.T, zones ...shared.Zone) *shared.Dicts {
	t.Helper()
	d, err := shared.New(zones)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestShared(t *testing.T) {
	h := &host{dicts: newDicts(t,
		shared.Zone{Name: "str", Size: 1 << 15},
		shared.Zone{Name: "num", Size: 1 << 16, Type: "number", Timeout: time.Hour},
		shared.Zone{Name: "theirs", Size: 1 << 15, VHosts: []string{"other"}},
	)}
	evaluate(t, h, "const { str, num } = ngx.shared;", []check{
		{"zones", `Object.keys(ngx.shared).join()`, "str,num"},
		{"zones", `[str.name, str.type, str.capacity, num.type].join()`, "str,string,32768,number"},
		{"zones", `String(str)`, "[object SharedDict]"},
		{"set", `str.set('a', '1') === str`, true},
		{"get", `str.get('a')`, "1"},
		{"get", `str.get('b') === undefined`, true},
		{"add", `str.add('a', '2')`, false},
		{"replace", `str.replace('a', '2')`, true},
		{"keys are strings", `str.set(5, 'five').get('5')`, "five"},
		{"has", `[str.has('a'), str.has('b')].join()`, "true,false"},
		{"keys", `str.keys().sort().join()`, "5,a"},
		{"items", `JSON.stringify(str.items().sort())`, `[["5","five"],["a","2"]]`},
		{"size", `str.size()`, int64(2)},
		{"pop", `str.pop('a')`, "2"},
		{"pop", `str.pop('a') === undefined`, true},
		{"delete", `str.delete('5')`, true},
		{"clear", `str.clear() === undefined && str.size() === 0`, true},
		{"freeSpace", `str.freeSpace()`, int64(28672)},
		{"full", `str.set('a', 'x'.repeat(100000))`, `SharedMemoryError: shared dict "str" is full`},
		{"full", `(() => { try { str.add('a', 'x'.repeat(100000)); } catch (e) { return e instanceof SharedMemoryError && e instanceof Error; } })()`, true},
		{"type", `str.set('a', 1)`, "TypeError: string value is expected"},
		{"type", `str.incr('a', 1)`, "TypeError: shared dict is not a number dict"},
		{"timeout", `str.set('a', '1', 5)`, "TypeError: shared dict must be declared with timeout"},

		{"incr", `num.incr('n', 1)`, int64(1)},
		{"incr", `num.incr('n', 2, 100)`, int64(3)},
		{"incr", `num.incr('m', 1, 100)`, int64(101)},
		{"incr", `num.incr('n')`, "TypeError: delta is not a number"},
		{"incr", `num.incr('n', 0.5, undefined, 5000)`, 3.5},
		{"ttl", `(() => { const ms = num.ttl('n'); return ms > 0 && ms <= 5000; })()`, true},
		{"NaN", `num.set('nan', NaN).get('nan') !== num.get('nan')`, true},
	})
	evaluate(t, h, "const { str, num } = ngx.shared;", []check{
		{"no key", `str.set(Symbol(), 'a')`, "TypeError: Cannot convert a Symbol value to a string"},
		{"no value", `str.set('a')`, "TypeError: string value is expected"},
		{"no value", `str.add('a', null)`, "TypeError: string value is expected"},
		{"no value", `str.replace('a', {})`, "TypeError: string value is expected"},
		{"no value", `num.set('a', '1')`, "TypeError: number value is expected"},
		{"no value", `num.set('a', 1n)`, "TypeError: dict: a bigint cannot be passed on"},
		{"empty", `str.set('', '').get('')`, ""},
		{"any text", `str.set('\u00e9\0\u{1f600}', '\u2603\0').get('\u00e9\0\u{1f600}')`, "\u2603\x00"},
		{"a key of undefined", `str.set(undefined, 'u').get('undefined')`, "u"},
		{"timeouts", `[0, -1, NaN, '5', {}].map((ms) => { try { num.set('t', 1, ms); return 'set'; } catch (e) { return e.name + ': ' + e.message; } }).join('|')`, "TypeError: timeout must be greater than or equal to 1|TypeError: timeout must be greater than or equal to 1|TypeError: timeout must be greater than or equal to 1|TypeError: timeout is not a number|TypeError: timeout is not a number"},
		{"timeouts", `num.set('t', 1, undefined).ttl('t') > 3500000`, true},
		{"ttl", `str.ttl('a')`, "TypeError: shared dict must be declared with timeout"},
		{"ttl", `num.ttl('nope') === undefined`, true},
		{"incr", `num.incr('i', 'x')`, "TypeError: delta is not a number"},
		{"incr", `num.incr('i', 1, 'x')`, "TypeError: init value is not a number"},
		{"incr", `[num.incr('i', -5), num.incr('i', 0.25), num.get('i')].join()`, "-5,-4.75,-4.75"},
		{"keys", `[num.keys(0).length, num.keys(1).length, num.items(2).length, num.keys(undefined).length === num.size()].join()`, "0,1,2,true"},
		{"missing", `[num.delete('nope'), num.has('nope'), num.get('nope'), num.pop('nope'), num.replace('nope', 1)].join()`, "false,false,,,false"},
		{"negative zero", `Object.is(num.set('z', -0).get('z'), -0) + ' ' + num.set('f', Infinity).get('f')`, "true Infinity"},
		{"members are read", `(() => { 'use strict'; try { str.name = 'x'; } catch (e) { return e.name + str.name; } })()`, "TypeErrorstr"},
		{"zones are read", `(() => { 'use strict'; try { ngx.shared.x = 1; } catch (e) { return e.name; } })()`, "TypeError"},
	})
	if v, err := h.dicts.Do("v", "num", "get", []js.Value{"m"}); v != 101.0 || err != nil {
		t.Errorf("the server has %v, %v", v, err)
	}
}

// An engine that runs without a server has no dictionaries, and still starts.
func TestSharedWithoutServer(t *testing.T) {
	h := &host{dicts: newDicts(t)}
	evaluate(t, h, "const d = ngx.shared.viewers;", []check{{"none", `d === undefined`, true}})
}
