package builtin

import (
	"crypto/subtle"
	_ "embed"

	"weir/js"
)

var (
	//go:embed crypto.js
	cryptoSource string
	//go:embed cipheriv.js
	cipherivSource string
	//go:embed kdf.js
	kdfSource string
	//go:embed crypto.d.ts
	cryptoTypes string
)

// cryptoModule is Node's module of the name, in part.
func cryptoModule(costly *turns) js.Module {
	return js.Module{
		Name:   "crypto",
		Source: cryptoSource + cipherivSource + kdfSource,
		Natives: []js.Native{
			native("hashes", hashNames),
			borrowing("feed", feed),
			borrowing("digest", digest),
			borrowing("equal", equal),
			native("random", random),
			native("below", randomBelow),
			native("uuid", uuid),
			native("cbc", aesCBC),
			native("ctr", aesCTR),
			native("gcm", aesGCM),
			native("gcmCounter", gcmCounter),
			native("hkdf", deriveHKDF),
			costly.native("pbkdf2", derivePBKDF2),
			native("pbkdf2Sync", derivePBKDF2Sync),
			costly.native("scrypt", deriveScrypt),
			native("scryptSync", deriveScrypt),
		},
	}
}

// equal is native.equal(a, b), in constant time.
func equal(_ js.Env, args []js.Value) (js.Value, error) {
	return subtle.ConstantTimeCompare(bytes(args, 0), bytes(args, 1)) == 1, nil
}
