// Package httphooks asks and tells back ends over HTTP, as SRS's http_hooks do:
// what runs for SRS runs here unchanged. It stands beside the scripts' hooks and
// is called at the same points of a session's life.
//
// # What a back end is sent
//
// A POST with a JSON object. Its first fields are SRS's, with SRS's names and in
// SRS's order (srs_app_http_hooks.cpp of SRS 7); every hook has the rest as well:
//
//	stream param tcUrl pageUrl stream_url stream_id protocol connection_id
//	user_agent duration reason send_bytes recv_bytes
//
// They mean the same whatever the protocol: vhost, app and stream are the final
// names; param is the query of the stream's URL and of the RTMP connection with a
// leading "?", or empty; tcUrl is what RTMP's connect command says and otherwise
// the URL up to the app; client_id is the id of the session, as the API shows and
// kicks it; connection_id is common to all sessions of an RTMP connection, and is
// the client_id of its on_connect and on_close. duration counts seconds.
//
// # What a back end answers
//
// 200 or 201 with the body 0, or with an object whose code is the integer 0,
// admits. Anything else refuses, an empty body included. An object with another
// code may say why in its msg, reason or message, and the peer is told; a code of
// 400 to 599 is also the status that a peer of HTTP sees. A back end that cannot
// be reached, does not answer in time or answers nonsense refuses with 503.
// Redirects are not followed. Of several back ends of a gate the first that refuses
// decides, and the rest are not asked.
//
// An event has no verdict. It goes to each of its back ends, whatever the others
// answer, and again to one that was out of reach, too slow or in trouble (status
// 5xx, 408 or 429). So one may come twice: client_id and action, or seq_no, tell.
//
// # Signatures
//
// With a secret each POST carries two headers, so that a back end can tell that
// the request is from this server, unchanged and fresh:
//
//	X-Weir-Timestamp: 1767225600
//	X-Weir-Signature: sha256=HEX
//
// The timestamp counts seconds since 1970. HEX is the HMAC-SHA256, in lower-case
// hexadecimal, of the timestamp's digits, a full stop and the body's bytes, under
// the secret as the key. A back end compares in constant time and refuses
// timestamps that are some minutes off. A retry is signed anew.
package httphooks
