package builtin

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"strings"

	"weir/js"
)

var (
	//go:embed cryptokey.js
	cryptoKeySource string
	//go:embed algorithm.js
	algorithmSource string
	//go:embed subtle.js
	subtleSource string
	//go:embed webcrypto.js
	webCryptoSource string
	//go:embed webcrypto.d.ts
	webCryptoTypes string
)

// webCryptoModule is the Web's global crypto (W3C Web Cryptography Level 2).
func webCryptoModule() js.Module {
	return js.Module{
		Name:    "weir:webcrypto",
		Globals: []string{"Crypto", "crypto"},
		Source:  webCryptoSource,
		Natives: []js.Native{native("random", random), native("uuid", uuid)},
	}
}

// subtleModule is crypto.subtle.
func subtleModule(costly *turns) js.Module {
	return js.Module{
		Name:    "weir:subtle",
		Globals: []string{"CryptoKey", "SubtleCrypto"},
		Source:  cryptoKeySource + algorithmSource + subtleSource,
		Natives: []js.Native{
			native("random", random),
			native("utf8", func(_ js.Env, args []js.Value) (js.Value, error) { return bytes(args, 0), nil }),
			native("text", func(_ js.Env, args []js.Value) (js.Value, error) { return validUTF8(bytes(args, 0)), nil }),
			native("base64url", func(_ js.Env, args []js.Value) (js.Value, error) { return encode64(bytes(args, 0)), nil }),
			native("secretOfJWK", secretOfJWK),
			borrowing("digest", digest),
			borrowing("equal", equal),
			native("cbc", aesCBC),
			native("ctr", aesCTR),
			native("gcm", aesGCM),
			native("kw", aesKW),
			native("oaep", cipherOAEP),
			borrowing("sign", signature),
			borrowing("verify", verified),
			borrowing("agree", agree),
			native("hkdf", deriveHKDF),
			costly.native("pbkdf2", derivePBKDF2),
			native("importKey", importKey),
			native("exportRaw", exportRaw),
			native("exportJWK", exportJWK),
			native("generateKey", generateKey),
			costly.native("generateRSA", generateRSA),
		},
	}
}

// secretOfJWK is native.secretOfJWK(k): the bytes of an "oct" key.
func secretOfJWK(_ js.Env, args []js.Value) (js.Value, error) {
	s, ok := args[0].(string)
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	if err != nil || !ok {
		return nil, dataError(errors.New(`the JWK's "k" is no base64url`))
	}
	return b, nil
}
