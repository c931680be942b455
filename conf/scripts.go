package conf

import "time"

// Hooks bind scripts to points of the lifecycle. They stand at the top level or
// in a vhost; a vhost's own wins, and "off" ends the inheritance.
type Hooks struct {
	// OnConnect runs before an RTMP connection is accepted.
	OnConnect Handler `conf:"js_on_connect,example=hooks.connect,inherit,package=js,reload=live"`
	// OnPublish runs before a publisher is admitted: it may deny and rename.
	OnPublish Handler `conf:"js_on_publish,example=hooks.publish,inherit,package=js,reload=live"`
	// OnPlay runs before a player is admitted: it may deny and rename.
	OnPlay Handler `conf:"js_on_play,example=hooks.play,inherit,package=js,reload=live"`
	// OnUnpublish runs after a publish has ended, once for each that js_on_publish did not deny.
	OnUnpublish Handler `conf:"js_on_unpublish,example=hooks.unpublish,inherit,package=js,reload=live"`
	// OnStop runs after a play has ended, once for each that js_on_play did not deny.
	OnStop Handler `conf:"js_on_stop,example=hooks.stop,inherit,package=js,reload=live"`
	// OnClose runs after an RTMP connection has ended, once for each that js_on_connect did not deny.
	OnClose Handler `conf:"js_on_close,example=hooks.close,inherit,package=js,reload=live"`
}

// Scripts says which modules there are and what bounds them.
type Scripts struct {
	// JSPath adds a directory where js_import looks, relative to the configuration file.
	JSPath []string `conf:"js_path,multi,example=js,form=path,inherit,package=js,reload=live"`
	// JSImport names a module, JavaScript or TypeScript, whose exports the js_on_* directives may name. Without a name it has its file's.
	JSImport []Import `conf:"js_import,multi,example=hooks from hooks.js,inherit,package=js,reload=live"`
	// JSTimeout bounds a call, waiting included.
	JSTimeout time.Duration `conf:"js_timeout,default=3s,unit=s,min=1ms,max=10m,inherit,package=js,reload=live"`
	// JSCPULimit bounds the uninterrupted running of a script.
	JSCPULimit time.Duration `conf:"js_cpu_limit,default=100ms,unit=ms,min=1ms,max=1m,inherit,package=js,reload=live"`
	// JSMaxPending is how many calls may wait for a vhost's scripts; above it js_fail decides.
	JSMaxPending int `conf:"js_max_pending,default=1024,min=1,max=1000000,inherit,package=js,reload=live"`
	// JSFail is what the failure of a script means for connect, publish and play: closed denies, open allows.
	JSFail string `conf:"js_fail,default=closed,enum=closed|open,inherit,package=js,reload=live"`
}
