package conf

// njsRows are the directives of nginx's njs that weir does not serve.
var njsRows = append(njsIn(""), njsIn("vhost")...)

func njsIn(block string) []srsRow {
	return []srsRow{
		{block, noEffect, `js_engine js_context_reuse js_context_reuse_max_size js_fetch_buffer_size js_fetch_verify_depth js_fetch_ciphers
			js_fetch_protocols js_fetch_keepalive_requests js_fetch_keepalive_time js_fetch_keepalive_timeout`, ""},
		{block, refused, "js_include", "njs has given it up: js_import a module"},
		{block, missing, "js_body_filter js_preread js_filter", "scripts do not touch media: js_playlist_filter edits playlists, js_on_metadata edits metadata"},
		{block, missing, "js_load_http_native_module js_load_stream_native_module", "scripts load no native code"},
	}
}
