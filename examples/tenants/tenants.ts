declare const accounts: Record<string, { plan: string, key: string, owner: string, streams: number } | undefined>;

export const plan: weir.Vhost = (s) => accounts[s.app]?.plan;

export const publish: weir.Publish = (s) => {
    const account = accounts[s.app];
    if (account?.key !== s.args.key) return s.deny(403, 'this app is not yours');
    s.ctx.owner = account.owner;
    if (live.streams().filter((x) => x.app === s.app).length >= account.streams) s.deny(429, 'your plan has no more streams');
};
