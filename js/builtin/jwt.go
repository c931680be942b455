package builtin

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"strings"

	"weir/js"
)

var (
	//go:embed jwt.js
	jwtSource string
	//go:embed jwk.js
	jwkSource string
	//go:embed jwks.js
	jwksSource string
	//go:embed jwt.d.ts
	jwtTypes string
)

// maxToken bounds a token, in bytes.
const maxToken = 64 << 10

// jwtModule is the module jwt: JSON Web Tokens (RFC 7519), signed (RFC 7515).
func jwtModule() js.Module {
	return js.Module{
		Name:   "jwt",
		Source: jwkSource + jwksSource + jwtSource,
		Natives: []js.Native{
			native("parts", tokenParts),
			native("base64url", func(_ js.Env, args []js.Value) (js.Value, error) { return encode64(bytes(args, 0)), nil }),
			native("pem", readPEM),
			native("jwk", keyOfJWK),
			native("secretOfJWK", secretOfJWK),
			borrowing("digest", digest),
			borrowing("equal", equal),
			borrowing("sign", signature),
			borrowing("verify", verified),
		},
	}
}

// tokenParts is native.parts(token): the texts of header and payload and the bytes
// of the signature (RFC 7515, 7.1); null for what is no token.
func tokenParts(_ js.Env, args []js.Value) (js.Value, error) {
	token := text(args, 0)
	parts := strings.Split(token, ".")
	if len(token) > maxToken || len(parts) != 3 {
		return nil, nil
	}
	var decoded [3][]byte
	for i, p := range parts {
		b, err := base64.RawURLEncoding.Strict().DecodeString(p)
		if err != nil || strings.ContainsAny(p, "\r\n") {
			return nil, nil //nolint:nilerr // the script throws an error of its own
		}
		decoded[i] = b
	}
	return []any{validUTF8(decoded[0]), validUTF8(decoded[1]), decoded[2]}, nil
}

// keyOfJWK is native.jwk(fields): the key described.
func keyOfJWK(_ js.Env, args []js.Value) (js.Value, error) {
	fields, ok := args[0].(map[string]any)
	if !ok {
		return nil, dataError(errors.New("a JWK is an object"))
	}
	key, err := jwk(fields).key()
	if err != nil {
		return nil, dataError(err)
	}
	return describe(key)
}
