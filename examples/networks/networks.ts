declare const denied: string[];     // js_preload_object: "192.0.2.0/24", ...

const number = (ip: string) => ip.split('.').reduce((n, part) => n * 256 + Number(part), 0);
const inside = (ip: string, network: string) => {
    const [first, bits] = network.split('/'), size = 2 ** (32 - Number(bits));
    return Math.floor(number(ip) / size) === Math.floor(number(first) / size);
};
export const check = (s: weir.ConnectSession | weir.PlaySession) => {
    if (denied.some((network) => inside(s.remoteAddress, network))) s.deny(403, 'not from this network');
};
