const seconds = { ticket: 4 * 3600, preview: 2 };

export const play: weir.Play = (s) => {
    const ticket = String(s.args.ticket ?? '');
    if (ticket && !ngx.shared.spent.add(ticket, s.id)) return s.deny(403, 'this ticket is spent');
    s.ctx.until = s.connectedAt + 1000 * (ticket ? seconds.ticket : seconds.preview);
};
export const update: weir.Update = (s) => {
    if (s.kind === 'play' && Date.now() > s.ctx.until) return s.deny(402, 'the preview is over');
};
