// Package host executes what scripts ask of the server beyond media: fetches,
// files and the environment. Whatever asks may be a worker process whose script has
// taken it over, so that every permission is checked here, and every bound is kept
// here.
package host
