// A stream has at most so many viewers, of all protocols together.
const most = 3;
const name = (s: weir.Session) => `${s.app}/${s.stream}`;

export const play: weir.Play = (s) => {
    if (ngx.shared.viewers.incr(name(s), 1, 0) <= most) return;
    ngx.shared.viewers.incr(name(s), -1);
    s.deny(429, 'this stream is full');
};

// Runs once for each play that was not denied.
export const stop: weir.Stop = (s) => { ngx.shared.viewers.incr(name(s), -1); };
