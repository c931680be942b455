import fs from 'fs';

export const note = async (s: weir.Session) => {
    const day = new Date().toISOString().slice(0, 10);
    const line = [s.id, s.kind, s.protocol, s.app, s.stream, s.duration.toFixed(3), s.bytesIn, s.bytesOut].join(',');
    await fs.promises.appendFile(`${ngx.conf_prefix}ledger/${day}.csv`, line + '\n');
};
