// Which secret key publishes which stream.
const streams = new Map([['sk_7f3a9c', 'cam1'], ['sk_b81e42', 'cam2']]);

export function publish(s) {
    const name = streams.get(s.stream);
    if (!name) return s.deny(403, 'unknown stream key');
    s.rename(name);
}
