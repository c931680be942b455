package conf

import "time"

// Scripts says which modules there are, what they may touch and what bounds them.
type Scripts struct {
	// JSPath adds a directory where js_import and js_preload_object look, relative to the configuration file.
	JSPath []string `conf:"js_path,multi,example=js,form=path,inherit,package=js,reload=live"`
	// JSImport names a module, JavaScript or TypeScript, whose exports the js_on_* directives may name. Without a name it has its file's.
	JSImport []Import `conf:"js_import,multi,example=hooks from hooks.js,inherit,package=js,reload=live"`
	// JSPreload gives scripts the content of a JSON file as a global object that cannot be changed. Without a name it has its file's.
	JSPreload []Preload `conf:"js_preload_object,multi,example=limits from limits.json,inherit,package=js,reload=live"`
	// JSVars makes a variable that scripts may write.
	JSVars []Variable `conf:"js_var,multi,example=$tier free,inherit,package=js,reload=live"`
	// JSPermit lets scripts touch what is not theirs: hosts that they may fetch from, directories (relative to the configuration file) that they may read and write, variables of the server's environment, or all of that. Nothing is permitted unless it is said; a vhost has what the top level permits, and its own. A host's name permits the addresses that it leads to, private ones too, but not those where a cloud tells a machine its secrets; *.example.com and * permit names with public addresses; an address or a network, as 10.0.0.0/8, permits itself. Without a port it permits all.
	JSPermit []Permit `conf:"js_permit,multi,example=fetch users.internal:8080,inherit,package=js,reload=live"`
	// JSHide names fields of sessions that scripts see as ***: args.NAME, headersIn.NAME, remoteAddress and so on, wherever they appear. A vhost hides what the top level hides, and its own.
	JSHide []Hide `conf:"js_hide,multi,example=args.token headersIn.cookie,inherit,package=js,reload=live"`
	// JSTimeout bounds a call, waiting included. Events and js_periodic have 30 s.
	JSTimeout time.Duration `conf:"js_timeout,default=3s,unit=s,min=1ms,max=10m,inherit,package=js,reload=live"`
	// JSCPULimit bounds the uninterrupted running of a script.
	JSCPULimit time.Duration `conf:"js_cpu_limit,default=100ms,unit=ms,min=1ms,max=1m,inherit,package=js,reload=live"`
	// JSMaxPending is how many calls may wait for a vhost's scripts; above it js_fail decides.
	JSMaxPending int `conf:"js_max_pending,default=1024,min=1,max=1000000,inherit,package=js,reload=live"`
	// JSFail is what the failure of a script means for connect, publish, play and js_access: closed denies, open allows.
	JSFail string `conf:"js_fail,default=closed,enum=closed|open,inherit,package=js,reload=live"`
	// JSVM is how many script engines (VMs) there are: one for each vhost, one shared by all vhosts that say so, one for each directive, or one for each call.
	JSVM string `conf:"js_vm,default=vhost,enum=vhost|shared|directive|call,inherit,package=js,reload=live"`
	// JSWorkers is how many VMs a vhost has. With more than one, a session stays with one of them, and what modules keep is not common.
	JSWorkers int `conf:"js_workers,default=1,min=1,max=256,inherit,package=js,reload=live"`

	Fetch
}

// Fetch bounds what scripts fetch.
type Fetch struct {
	// FetchTimeout bounds the time until an answer begins, and then each silence in it.
	FetchTimeout time.Duration `conf:"js_fetch_timeout,default=60s,unit=s,min=1ms,max=1h,inherit,package=js,reload=live"`
	// FetchMaxResponse is the most that the body of an answer may have. ngx.fetch has an option for more.
	FetchMaxResponse int64 `conf:"js_fetch_max_response_buffer_size,default=1m,min=1k,max=32m,inherit,package=js,reload=live"`
	// FetchVerify checks the certificates of HTTPS servers.
	FetchVerify bool `conf:"js_fetch_verify,default=on,inherit,package=js,reload=live"`
	// FetchCA is a file of certificates, in PEM, that are trusted beside the system's. It is looked for as an https block's key is.
	FetchCA string `conf:"js_fetch_trusted_certificate,example=ca.pem,form=path,inherit,package=js,reload=live"`
	// FetchProxy is the URL of a proxy, with a name and a password if it wants them.
	FetchProxy string `conf:"js_fetch_proxy,example=http://127.0.0.1:3128,form=url,inherit,package=js,reload=live"`
	// FetchKeepalive is how many idle connections to a server are kept; 0 keeps none.
	FetchKeepalive int `conf:"js_fetch_keepalive,default=32,min=0,max=10000,inherit,package=js,reload=live"`

	// FetchRoots is the content of FetchCA, as Load read it; nil without it.
	FetchRoots []byte `conf:"-"`
}
