// Signed URLs: sign = HMAC-SHA256(secret, "ACTION:app/stream:exp"), in hexadecimal.
import crypto from 'crypto';

const secret = 'change me';

function check(s, action) {
    const exp = Number(s.args.exp);
    if (!exp || !s.args.sign) {
        return s.deny(401, 'a signed URL is needed');
    }
    if (exp < Date.now() / 1000) {
        return s.deny(403, 'the URL has expired');
    }
    const sign = crypto.createHmac('sha256', secret)
        .update(`${action}:${s.app}/${s.stream}:${s.args.exp}`)
        .digest('hex');
    if (sign !== s.args.sign) {
        return s.deny(403, 'the signature is wrong');
    }
}

export function publish(s) {
    return check(s, 'publish');
}

export function play(s) {
    return check(s, 'play');
}
