package conf

// Code is the manual entry of a diagnostic's code. The letter is its severity:
// an error keeps the file from being used, a warning and an information do not.
type Code struct {
	Code    string // "E201"
	Title   string // what is wrong, in a few words
	Doc     string // why, and what to do
	Example string // a file that has it; "" where no single file can
}

// Codes lists every code that a check can report, in order.
func Codes() []Code { return codes }

var codes = []Code{
	{"E100", "the file cannot be parsed", "The parser gave up. This should not happen: report it, with the file.", ""},
	{
		"E101", "missing ';'", "A directive ends with ';'. It may go on in the next line if that is indented deeper. The place is where the ';' belongs.",
		"listen 1935\nmax_connections 10;",
	},
	{"W102", "stray ';'", "There is nothing that this ';' could end; it is left out. No ';' follows a '}'.", "listen 1935; vhost a { };"},
	{"E103", "block without a name", "Before a '{' stands the name of a directive.", "listen 1935; vhost a { { } }"},
	{"E104", "too deep or too long", "Blocks nest at most 64 deep, and a file has at most a million words.", ""},
	{"E105", "stray '}'", "This '}' closes no block. A block before it may have been closed too early.", "listen 1935; vhost a { } }"},
	{"E106", "not UTF-8", "Files are UTF-8; other bytes are let through in comments only. Save the file as UTF-8.", "listen 1935; vhost \xff { }"},
	{
		"E107", "a character that is not what it looks like",
		"A full-width mark, a typographic quote, a space that is none, or a control character. Type the plain one, or put the word in quotes if it is meant.",
		"listen 1935； vhost a { }",
	},
	{"E108", "open quote", "A string ends on its line. A quote in the middle of a word is an ordinary character.", "listen 1935; vhost \"a { }"},
	{"E109", "something right after a quote", "A closing quote is followed by a space, ';', '{' or '}'.", "listen 1935; vhost \"a\"b { }"},
	{
		"E110", "JavaScript block not closed",
		"The braces of an inline script are counted as JavaScript reads them: those in strings, comments, templates and regular expressions do not count.",
		"listen 1935; js_on_play { if (s.app) { } vhost a { }",
	},
	{"E111", "block not closed", "The place is where the block begins. A note names the first '}' whose indentation disagrees.", "listen 1935; vhost a { hls { }"},
	{"E112", "empty name", "A directive's name must not be empty.", "listen 1935; \"\" a;"},

	{"E201", "unknown directive", "Neither weir nor SRS has this name here. The hint names the nearest.", "listen 1935; vhost a { hls { hls_fragmnet 10; } }"},
	{"E202", "directive in the wrong place", "The name is right, the block is not. The hint says where it belongs.", "listen 1935; hls_fragment 10; vhost a { }"},
	{"W203", "written twice", "As in SRS the first one holds. Remove one. Also: an address that another one of listen includes.", "listen 1935; listen 1936; vhost a { }"},
	{"E203", "defined twice", "Two vhosts or zones have one name, or a js_ directive stands twice in a block.", "listen 1935; vhost a { } vhost a { }"},
	{"E204", "unexpected block", "This directive takes a value and ends with ';'.", "listen { } vhost a { }"},
	{"E205", "wrong value", "The number, form or range of the values is not the directive's. `weir explain NAME` has its syntax.", "listen 1935; max_connections 10k; vhost a { }"},
	{"E206", "block needed", "This directive takes a block.", "listen 1935; vhost a { hls on; }"},
	{"E207", "wrong words before a block", "A vhost takes one name before its block, other blocks take nothing.", "listen 1935; vhost { }"},
	{"E208", "something is missing", "A directive that cannot be done without, or a password that is asked for and not set.", "vhost a { }"},
	{"W208", "no vhost", "Without a vhost every session is refused. vhost __defaultVhost__ { } serves all names.", "listen 1935;"},

	{
		"W301", "not served", "SRS has this and weir has not; the rest of the file works. `enabled off;` in the block, or removing it, ends the warning.",
		"listen 1935; srt_server { enabled on; } vhost a { }",
	},
	{
		"E302", "a guard that is not served", "SRS keeps somebody out with this, and weir cannot: to ignore it would let everybody in. The hint says what to write instead.",
		"listen 1935; http_server { enabled on; } vhost a { hls { enabled on; hls_keys on; } }",
	},
	{"I303", "without effect", "Directives of SRS that have no meaning here. They may stay.", "listen 1935; daemon off; vhost a { }"},
	{
		"I304", "the API listens at this machine only", "A bare port of http_api means 127.0.0.1, as nothing encrypts the password there; that of its https does if there is no password. Write 0.0.0.0:PORT to open it.",
		"listen 1935; http_api { enabled on; listen 1985; } vhost a { }",
	},
	{"W305", "nobody can play it", "HLS and HTTP-FLV are fetched from http_server, which is not enabled.", "listen 1935; vhost a { hls { enabled on; } }"},
	{
		"W306", "a guard that guards nothing", "Rules are written and not enabled, as SRS has them by default: everybody is let in. Or a guard is enabled and empty.",
		"listen 1935; vhost a { security { deny play all; } }",
	},
	{"W307", "more connections than files", "Each connection is an open file, and the system's limit for the process is lower. Raise it, or lower max_connections.", ""},
	{"W308", "a directory that cannot be written", "The server could not make its pid file or its log there. Looked at as the user who checks, not as the one who will serve.", ""},
	{
		"W309", "a filter of nothing", "js_playlist_filter edits what one viewer gets, and with hls_ctx off all viewers get the same.",
		"listen 1935; http_server { enabled on; } vhost a { hls { enabled on; hls_ctx off; } js_playlist_filter { return text; } }",
	},

	{"E401", "port clash", "Two listeners want one address. A bare port is all addresses of IPv4 and IPv6.", "listen 1935; http_server { enabled on; listen 1935; } vhost a { }"},
	{
		"E402", "module not found", "A file is looked for in the js_path directories of its vhost, those of the top level, and beside the configuration file.",
		"listen 1935; js_import gone.js; js_on_play gone.play; vhost a { }",
	},
	{
		"E403", "unknown module", "js_on_ directives name module.function, where js_import in the same block or around it names the module.",
		"listen 1935; js_on_play gate.play; vhost a { }",
	},
	{"W404", "unused module", "It is imported, and no directive and no inline script names it.", "listen 1935; js_import gate.js; vhost a { }"},
	{"E405", "export not found", "The module has no export of the name that a directive names.", "listen 1935; js_import gate.js; js_on_play gate.nothing; vhost a { }"},
	{"E406", "export is not a function", "A directive names an export that cannot be called.", "listen 1935; js_import gate.js; js_on_play gate.limit; vhost a { }"},
	{
		"E407", "module name taken", "Two js_import in sight of each other give one name. Name one: js_import NAME from FILE;",
		"listen 1935; js_import gate.js; js_import gate from gate.js; js_on_play gate.play; vhost a { }",
	},
	{
		"E408", "file not found, or an include without end", "A file is looked for beside the one that includes it, then from the working directory. Two files must not include each other.",
		"listen 1935; include gone.conf; vhost a { }",
	},
	{
		"E409", "no TLS key or certificate", "https is enabled, and the files of key and cert cannot be read, or are not a pair. They are looked for beside the configuration file, then in work_dir.",
		"listen 1935; http_server { enabled on; https { enabled on; } } vhost a { }",
	},
	{"W409", "the certificate is not valid now", "It has expired, or its time has not come: players will refuse it. The files are watched: a new pair is served once it is there.", ""},
	{"W410", "an environment variable overrides the file", "SRS_LISTEN=1936 is listen, SRS_VHOST_HLS_ENABLED=on is hls.enabled of every vhost. Secrets are not shown.", ""},
	{
		"E411", "two directives contradict each other",
		"SRS refuses this too: a relay of publishers that are ended without players, two things at one URL, two ingests of one id. It is looked for in blocks that are not served as well.",
		"listen 1935; vhost a { ingest x { } ingest x { } }",
	},
	{
		"E412", "exports that do not show", "js_hooks binds what a module exports, and that shows only when the module runs: it is CommonJS, or exports what a function returns.",
		"listen 1935; js_import made.js; js_hooks made; vhost a { }",
	},
	{
		"W413", "a module without hooks", "js_hooks binds exports that are named as hooks are: connect, publish, play, unpublish, stop, close and so on. This module has none.",
		"listen 1935; js_import gate.js; js_hooks gate; vhost a { }",
	},
	{
		"E414", "a state file that cannot be read", "js_shared_dict_zone state= names a file that is not what njs and weir write there, or that holds more than the zone can. It is never written over.",
		"",
	},
	{
		"W415", "an export that is hardly a hook", "js_hooks binds exports that are named as hooks are. This one looks as if it was to be one.",
		"listen 1935; js_import near.js; js_hooks near; vhost a { }",
	},
	{
		"W416", "a variable hides one of the server's", "js_set or js_var takes the name of a variable that is there without it, as $uri or $arg_token: logs and scripts see the script's value from then on.",
		"listen 1935; js_set $uri { return s.stream; } vhost a { }",
	},

	{"E501", "a fault in a script", "It does not compile, or its top level fails when it runs. The place is in the script.", "listen 1935; js_on_play { const = 1; } vhost a { }"},
	{"E502", "a script that contradicts itself", "It reads as JavaScript and cannot be: a name is declared twice, a break has no loop.", "listen 1935; js_on_play { let a = 1; let a = 2; } vhost a { }"},
	{
		"W503", "locales", "Scripts know no locales: Intl is not there, numbers and dates are written in one way, whatever locale and options are given. Format by hand.",
		"listen 1935; js_on_play { s.log(new Date().toLocaleString('de')); } vhost a { }",
	},
	{
		"E504", "async where the answer cannot wait", "js_set, js_vhost, js_on_metadata, js_playlist_filter and js_header_filter take what a function returns at once; a promise is no answer.",
		"listen 1935; js_import gate.js; js_set $day gate.slow; vhost a { hls { hls_path ./$day; } }",
	},
	{
		"W505", "code from strings", "eval and new Function throw an EvalError: a script is what its file says. Write the function, or choose among some by name.",
		"listen 1935; js_on_play { eval('1'); } vhost a { }",
	},
}
