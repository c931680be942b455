// Package builtin has the modules and globals that scripts find beyond the
// language: console, ngx, crypto and the Web's text functions. Each is a file of
// JavaScript, its TypeScript declarations, and the Go functions it stands on.
package builtin

import (
	_ "embed"

	"weir/js"
)

// Server is what scripts are told of the server as members of ngx.
type Server struct {
	Version  string // "1.2.3"; "" shows as 0.0.0
	Prefix   string // the working directory
	ConfFile string // path of the configuration file

	ErrorLog string   // path of the log; "" is standard error
	Argv     []string // the command line; nil: "weir" alone
	PID      int      // the server's process; 0: the one that runs the script
	PPID     int
	Hostname string // of the machine
}

// Modules are the built-in modules and globals, for js.Options.
func Modules(s Server) []js.Module {
	costly := &turns{}
	return append([]js.Module{
		polyfillModule(),
		amendModule(),
		inspectModule(),
		errorsModule(),
		consoleModule(),
		ngxModule(s),
		liveModule(),
		domExceptionModule(),
		performanceModule(),
		eventsModule(),
		bufferModule(),
		numbersModule(),
		urlModule(),
		querystringModule(),
		processModule(s),
		processGlobal(),
		njsModule(),
		tableModule(),
		cloneModule(),
		textModule(),
		webCryptoModule(),
		subtleModule(costly),
		cryptoModule(costly),
		jwtModule(),
		fsObjectsModule(),
		fsArgumentsModule(),
		fsModule(),
		xmlTreeModule(),
		xmlC14NModule(),
		xmlModule(),
		zlibModule(costly),
	}, append(fetchModules(), httpModules(s)...)...)
}

//go:embed timers.d.ts
var timersTypes string // the engine's own

// Types are the TypeScript declarations of the modules and globals.
func Types() []string {
	return []string{polyfillTypes, consoleTypes, ngxTypes, liveTypes, eventsTypes, performanceTypes, fetchTypes, bufferTypes, urlTypes, querystringTypes, processTypes, njsTypes, textTypes, timersTypes, webCryptoTypes, cryptoTypes, jwtTypes, fsTypes, xmlTypes, zlibTypes, httpTypes}
}
