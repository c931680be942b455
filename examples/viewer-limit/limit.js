// A stream has at most so many viewers, of all protocols together.
const most = 3;

export function play(s) {
    const name = `${s.app}/${s.stream}`;
    if (ngx.shared.viewers.incr(name, 1, 0) > most) {
        ngx.shared.viewers.incr(name, -1);
        return s.deny(429, 'this stream is full');
    }
}

// Runs once for each play that was not denied.
export function stop(s) {
    ngx.shared.viewers.incr(`${s.app}/${s.stream}`, -1);
}
