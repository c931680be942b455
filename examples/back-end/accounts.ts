// What stands in http://accounts.internal:8080/keys/KEY.json: {"user": "anna", "stream": "cam1"}
export const publish: weir.Publish = async (s) => {
    const r = await fetch(`http://accounts.internal:8080/keys/${encodeURIComponent(s.stream)}.json`);
    if (r.status === 404) return s.deny(403, 'unknown stream key');
    if (!r.ok) throw new Error(`accounts.internal answers ${r.status}`);
    const { user, stream } = await r.json();
    s.ctx.user = user;
    s.rename(stream);
};
