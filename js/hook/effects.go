package hook

import "weir/js"

// effects are the methods of a session that record a decision. Which of them
// may be called where is in the table of Points.
var effects = []js.Member{
	{
		Name: "allow", Type: "(options?: { recheck?: string, maxSessions?: number }) => void",
		Doc: "Admits the session, as does a handler that decides nothing. js_on_update runs every recheck for it ('60s'); it is refused (429) if it would be more than maxSessions, counting a player's with those of the stream, a publisher's with those of the vhost, a connection's with those to the vhost.",
	},
	{
		Name: "deny", Type: "{ (code?: number, reason?: string): void; (reason: string): void }",
		Doc: "Refuses the session. The code is an HTTP status of 400 to 599, 403 unless given; RTMP peers are told the reason.",
	},
	{
		Name: "decline", Type: "() => void",
		Doc: "No opinion: what else decides about the session decides.",
	},
	{
		Name: "redirect", Type: "(url: string) => void",
		Doc: "Sends the peer elsewhere.",
	},
	{
		Name: "rename", Type: "{ (stream: string): void; (app: string, stream: string): void }",
		Doc: "Gives the stream another name, everywhere: the one that the peer used is not shown again.",
	},
	{
		Name: "takeover", Type: "() => void",
		Doc: "Ends the stream's present publisher, if there is one, instead of refusing this one.",
	},
	{
		Name: "record", Type: "(how?: boolean | { path?: string, plan?: string, duration?: string }) => void",
		Doc: "Records the stream, or does not. Not served yet.",
	},
	{
		Name: "forward", Type: "(urls: string | string[]) => void",
		Doc: "Pushes the stream to other servers. Not served yet.",
	},
	{
		Name: "pull", Type: "(url: string, options?: { idle?: string }) => void",
		Doc: "Fetches a stream that is not there. Not served yet.",
	},
}
