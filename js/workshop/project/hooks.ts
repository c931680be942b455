/// <reference path="weir.d.ts" />
import crypto from 'crypto';

const secret = process.env.STREAM_SECRET ?? 'change me';

/** The token that lets a stream be published until a time, in seconds since 1970. */
export function sign(app: string, stream: string, expires: number): string {
  return crypto.createHmac('sha256', secret).update(`${app}/${stream}/${expires}`).digest('hex');
}

/** Admits publishers of rtmp://HOST/APP/STREAM?expires=TIME&token=TOKEN. */
export const publish: weir.Publish = (s) => {
  const { token, expires } = s.args;
  if (typeof token !== 'string' || Number(expires) * 1000 < Date.now()) {
    return s.deny(401, 'the token is missing, or has expired');
  }
  const right = sign(s.app, s.stream, Number(expires));
  if (token.length !== right.length || !crypto.timingSafeEqual(Buffer.from(token), Buffer.from(right))) {
    return s.deny(403, 'the token is wrong');
  }
  ngx.shared.streams.incr(s.app, 1, 0);
};

export const unpublish: weir.Unpublish = (s) => {
  ngx.shared.streams.incr(s.app, -1, 0);
  s.log(`${s.stream} ended after ${s.duration.toFixed()} s`);
};
