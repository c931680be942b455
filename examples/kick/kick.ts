export const ban = (r: weir.HTTPRequest) => {
    ngx.shared.banned.set(String(r.args.user), String(r.args.why ?? 'you are banned'));
    r.return(200, `${r.args.user} is banned for an hour\n`);
};
export const check = (s: weir.PublishSession | weir.PlaySession | weir.UpdateSession) => {
    const why = ngx.shared.banned.get(String(s.args.user));
    if (why) s.deny(403, why);
};
