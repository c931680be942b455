package weir_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each property and method that njs's reference has of HTTP requests, and of what is
// global, is there, and of its type; what is left out is said in docs/scripting.md.
func TestReferenceOfNJS(t *testing.T) {
	t.Parallel()
	const reference = `
		r: object
		r.args: object
		r.decline r.error r.finish r.internalRedirect r.jsVarNames r.log r.readRequestArrayBuffer r.readRequestForm r.readRequestJSON r.readRequestText: function
		r.return r.send r.sendHeader r.subrequest r.warn: function
		r.headersIn r.headersOut r.rawHeadersIn r.rawHeadersOut r.rawVariables r.variables r.requestBuffer: object
		r.httpVersion r.method r.remoteAddress r.requestLine r.requestText r.uri: string
		r.internal: boolean
		r.status: number
		r.parent r.responseBuffer r.responseText: undefined
		reply.parent reply.responseBuffer reply.headersOut: object
		reply.responseText: string
		form.get form.getAll form.has form.forEach form.hasFiles: function

		ngx.build ngx.conf_file_path ngx.conf_prefix ngx.error_log_path ngx.prefix ngx.version: string
		ngx.version_number ngx.worker_id ngx.engine_id ngx.ERR ngx.WARN ngx.INFO: number
		ngx.fetch ngx.log: function
		ngx.shared ngx.shared.d: object
		ngx.shared.d.add ngx.shared.d.clear ngx.shared.d.delete ngx.shared.d.freeSpace ngx.shared.d.get ngx.shared.d.has ngx.shared.d.incr ngx.shared.d.items: function
		ngx.shared.d.keys ngx.shared.d.pop ngx.shared.d.replace ngx.shared.d.set ngx.shared.d.size ngx.shared.d.ttl: function
		ngx.shared.d.capacity: number
		ngx.shared.d.name ngx.shared.d.type: string

		Headers Request Response: function
		headers.append headers.delete headers.forEach headers.get headers.getAll headers.has headers.set: function
		request.arrayBuffer request.json request.text response.arrayBuffer response.json response.text: function
		request.bodyUsed response.bodyUsed response.ok response.redirected: boolean
		request.cache request.credentials request.method request.mode request.url response.statusText response.type response.url: string
		request.headers response.headers: object
		response.status: number

		njs.version njs.engine: string
		njs.version_number: number
		njs.dump njs.on: function
		njs.memoryStats process.argv process.env: object
		process.pid process.ppid: number
		process.kill: function

		console.error console.info console.log console.time console.timeEnd console.warn: function
		crypto crypto.subtle: object
		CryptoKey crypto.getRandomValues crypto.randomUUID: function
		crypto.subtle.decrypt crypto.subtle.deriveBits crypto.subtle.deriveKey crypto.subtle.digest crypto.subtle.encrypt crypto.subtle.exportKey: function
		crypto.subtle.generateKey crypto.subtle.importKey crypto.subtle.sign crypto.subtle.unwrapKey crypto.subtle.verify crypto.subtle.wrapKey: function

		TextDecoder TextEncoder atob btoa clearTimeout setImmediate setTimeout queueMicrotask structuredClone Buffer: function
		decoder.encoding: string
		decoder.fatal decoder.ignoreBOM: boolean
		decoder.decode encoder.encode encoder.encodeInto: function

		Buffer.alloc Buffer.allocUnsafe Buffer.byteLength Buffer.compare Buffer.concat Buffer.from Buffer.isBuffer Buffer.isEncoding: function
		buffer.buffer: object
		buffer.byteOffset buffer.length: number
		buffer.compare buffer.copy buffer.equals buffer.fill buffer.includes buffer.indexOf buffer.lastIndexOf buffer.slice buffer.subarray: function
		buffer.swap16 buffer.swap32 buffer.swap64 buffer.toJSON buffer.toString buffer.write: function
		buffer.readIntBE buffer.readIntLE buffer.readUIntBE buffer.readUIntLE buffer.readDoubleBE buffer.readDoubleLE buffer.readFloatBE buffer.readFloatLE: function
		buffer.readInt8 buffer.readInt16BE buffer.readInt16LE buffer.readInt32BE buffer.readInt32LE buffer.readUInt8 buffer.readUInt16BE buffer.readUInt32LE: function
		buffer.writeIntBE buffer.writeIntLE buffer.writeUIntBE buffer.writeUIntLE buffer.writeDoubleBE buffer.writeDoubleLE buffer.writeFloatBE: function
		buffer.writeInt8 buffer.writeInt16BE buffer.writeInt32LE buffer.writeUInt8 buffer.writeUInt16LE buffer.writeUInt32BE: function

		bufferModule.Buffer cryptoModule.createHash cryptoModule.createHmac qs.decode qs.encode qs.escape qs.parse qs.stringify qs.unescape: function
		hash.copy hash.digest hash.update hmac.digest hmac.update: function
		bufferModule.constants.MAX_LENGTH bufferModule.constants.MAX_STRING_LENGTH: number
		fs.accessSync fs.appendFileSync fs.closeSync fs.existsSync fs.fstatSync fs.lstatSync fs.mkdirSync fs.openSync fs.promises.open fs.readSync fs.readFileSync: function
		fs.readdirSync fs.readlinkSync fs.realpathSync fs.renameSync fs.rmdirSync fs.statSync fs.symlinkSync fs.unlinkSync fs.writeSync fs.writeFileSync: function
		fs.access fs.appendFile fs.readFile fs.writeFile fs.promises.access fs.promises.readFile fs.promises.stat fs.promises.writeFile fs.promises.readdir: function
		fs.constants: object
		xml.c14n xml.exclusiveC14n xml.parse xml.serialize xml.serializeToString: function
		zlib.deflateRawSync zlib.deflateSync zlib.inflateRawSync zlib.inflateSync: function
		zlib.constants: object
	`
	want := map[string]string{}
	for line := range strings.Lines(reference) {
		names, kind, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for name := range strings.FieldsSeq(names) {
			want[name] = kind
		}
	}
	var values strings.Builder
	for name := range want {
		fmt.Fprintf(&values, "%q: typeof %s,\n", name, name)
	}
	s := located(t, "js_shared_dict_zone zone=d:32k;", `
		location /sub { js_content { r.return(200, 'x'); } }
		location /types { js_content {
			const form = await r.readRequestForm(), reply = await r.subrequest('/sub'), headers = new Headers(), request = new Request('http://a'), response = new Response();
			const decoder = new TextDecoder(), encoder = new TextEncoder(), buffer = Buffer.from('a');
			const bufferModule = require('buffer'), cryptoModule = require('crypto'), fs = require('fs'), qs = require('querystring'), xml = require('xml'), zlib = require('zlib');
			const hash = cryptoModule.createHash('md5'), hmac = cryptoModule.createHmac('sha1', 'k');
			r.return(200, JSON.stringify({`+values.String()+`}));
		} }`)
	_, body, _ := strings.Cut(said(t, s, request("POST", "/types", "a=1", "Content-Type: application/x-www-form-urlencoded")), "\n\n")
	got := map[string]string{}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
