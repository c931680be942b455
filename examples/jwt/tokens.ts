import jwt from 'jwt';

const secret = process.env.STREAM_SECRET || 'a secret of thirty-two characters';

export const check = async (s: weir.PublishSession | weir.PlaySession) => {
    const claims = await jwt.verify(String(s.args.token), secret, { requiredClaims: ['exp'] }).catch((e) => s.deny(401, e.message));
    if (claims && claims.stream !== `${s.app}/${s.stream}`) return s.deny(403, 'a token for another stream');
    if (claims && !claims.may.includes(s.kind)) return s.deny(403, `you may not ${s.kind}`);
    if (claims) s.ctx.user = claims.sub;
};
