package conf

// srsRows are the directives of SRS 7 that weir does not serve, and those that
// older files still have.
var srsRows = []srsRow{
	{"", noEffect, `asprocess daemon ff_log_dir ff_log_level pithy_print_ms empty_ip_ok
		in_docker disable_daemon_for_docker auto_reload_for_docker inotify_auto_reload query_latest_version first_wait_for_qlv
		tcmalloc_release_rate threads stats tencentcloud_cls tencentcloud_apm`, ""},
	{"", refused, "is_full=off", "a file that shows every directive is not one to run"},
	{"", missing, "utc_time=off", "times are logged in the local zone"},
	{"", missing, "grace_start_wait=2300 grace_final_wait=3200 force_grace_quit=off", "the server does not wait when it stops"},
	{"", missing, "circuit_breaker", "nothing is shed when the CPU is busy"},
	{"", missing, "heartbeat", "nobody is told that the server lives"},
	{"", missing, "exporter", "metrics are at /metrics of http_api"},
	{"", missing, "srt_server", "no SRT"},
	{"", missing, "rtc_server", "no WebRTC"},
	{"", missing, "stream_caster", "no input but RTMP"},

	{"http_api", missing, "raw_api", `reload with "weir reload"`},
	{"http_api", missing, "crossdomain=off", "pages of other origins cannot read the API"},

	{"vhost", noEffect, "bandcheck mr", ""},
	{"vhost", missing, "cluster mode origin token_traverse vhost debug_srs_upnode", "streams are not pulled from another server"},
	{"vhost", missing, "forward", "streams are not pushed to other servers"},
	{"vhost", missing, "dvr", "streams are not recorded"},
	{"vhost", missing, "exec", "no programs are run"},
	{"vhost", missing, "ingest", "no programs are run"},
	{"vhost", missing, "transcode", "no programs are run"},
	{"vhost", missing, "http_static http", "static files are those of http_server"},
	{"vhost", missing, "dash", "no DASH"},
	{"vhost", missing, "hds", "no HDS"},
	{"vhost", missing, "rtc", "no WebRTC"},
	{"vhost", missing, "srt", "no SRT"},

	{"vhost.publish", noEffect, "parse_sps try_annexb_first", ""},

	{"vhost.http_hooks", missing, "on_dvr", "streams are not recorded"},

	{"vhost.hls", noEffect, "hls_nb_notify hls_ts_ctx hls_fragments_per_key hls_key_file hls_key_file_path hls_key_url", ""},
	{"vhost.hls", missing, `hls_path=./objs/nginx/html hls_m3u8_file=[app]/[stream].m3u8 hls_ts_file=[app]/[stream]-[seq].ts
		hls_entry_prefix hls_cleanup=on hls_ts_floor=off hls_storage hls_mount`, "segments are kept in memory, and their names are fixed"},
	{"vhost.hls", missing, `hls_td_ratio=1.0 hls_aof_ratio=2.1 hls_on_error=continue hls_acodec=aac hls_vcodec=h264
		hls_wait_keyframe=on hls_dts_directly=on`, "SRS's defaults hold"},
	{"vhost.hls", missing, "hls_use_fmp4=off", "segments are MPEG-TS"},
	{"vhost.hls", guard, "hls_keys=off", "segments would go out in the clear: admit viewers in js_on_play"},

	{"vhost.http_remux", noEffect, "fast_cache", ""},
}
