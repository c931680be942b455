// Signed URLs: sign = HMAC-SHA256(secret, "ACTION:app/stream:exp"), in hexadecimal.
import { createHmac, timingSafeEqual } from 'crypto';

const secret = process.env.STREAM_SECRET || 'change me';

export function check(s: weir.PublishSession | weir.PlaySession) {
    const { exp, sign } = s.args;
    if (!exp || !sign) return s.deny(401, 'a signed URL is needed');
    if (!(Number(exp) > Date.now() / 1000)) return s.deny(403, 'the URL has expired');
    const right = createHmac('sha256', secret).update(`${s.kind}:${s.app}/${s.stream}:${exp}`).digest();
    const given = Buffer.from(String(sign), 'hex');
    if (given.length !== right.length || !timingSafeEqual(given, right)) return s.deny(403, 'the signature is wrong');
}
