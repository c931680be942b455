export function publish() {}
export function onPlay() {}
