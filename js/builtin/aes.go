package builtin

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"math/big"
	"slices"

	"weir/js"
)

// operationError is what a computation that its inputs do not allow throws. It
// says no more: of a failed decryption nobody should learn where it failed.
func operationError(message string) error {
	return &js.Throw{Class: "OperationError", Message: message}
}

var errCipher = operationError("The operation failed for an operation-specific reason")

// newAES makes a cipher with the i-th argument as its key.
func newAES(args []js.Value, i int) (cipher.Block, error) {
	b, err := aes.NewCipher(bytes(args, i))
	if err != nil {
		return nil, operationError("The AES key must be of 128, 192 or 256 bits")
	}
	return b, nil
}

// aesCBC is native.cbc(encrypt, key, iv, data, pad): with pad the padding of PKCS
// #7 (RFC 5652, 6.3), else whole blocks.
func aesCBC(_ js.Env, args []js.Value) (js.Value, error) {
	block, err := newAES(args, 1)
	if err != nil {
		return nil, err
	}
	iv, data, pad := bytes(args, 2), bytes(args, 3), args[4] == true
	if len(iv) != aes.BlockSize {
		return nil, operationError("The initialization vector must be of 16 bytes")
	}
	if args[0] == true {
		if pad {
			n := aes.BlockSize - len(data)%aes.BlockSize
			data = append(data, slices.Repeat([]byte{byte(n)}, n)...)
		}
		if len(data)%aes.BlockSize != 0 {
			return nil, errCipher
		}
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(data, data)
		return data, nil
	}
	if len(data)%aes.BlockSize != 0 {
		return nil, errCipher
	}
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(data, data)
	if !pad {
		return data, nil
	}
	return unpad(data)
}

func unpad(data []byte) (js.Value, error) {
	if len(data) == 0 {
		return nil, errCipher
	}
	n := int(data[len(data)-1])
	if n < 1 || n > aes.BlockSize {
		return nil, errCipher
	}
	good := 1
	for _, b := range data[len(data)-n:] {
		good &= subtle.ConstantTimeByteEq(b, byte(n))
	}
	if good == 0 {
		return nil, errCipher
	}
	return data[:len(data)-n], nil
}

// aesCTR is native.ctr(key, counter, length, offset, data): data, which begins
// offset bytes into the message, encrypted or decrypted. The last length bits of
// the counter count and wrap (SP 800-38A, B.1).
func aesCTR(_ js.Env, args []js.Value) (js.Value, error) {
	block, err := newAES(args, 0)
	if err != nil {
		return nil, err
	}
	counter, length, offset, data := bytes(args, 1), int64(number(args, 2)), int64(number(args, 3)), bytes(args, 4)
	if len(counter) != aes.BlockSize || length < 1 || length > 128 || offset < 0 {
		return nil, operationError("The counter must be of 16 bytes, of which 1 to 128 bits count")
	}
	size := new(big.Int).Lsh(big.NewInt(1), uint(length))
	if n := (offset + int64(len(data)) + aes.BlockSize - 1) / aes.BlockSize; size.Cmp(big.NewInt(n)) < 0 {
		return nil, operationError("The data is too long for the counter")
	}
	value := new(big.Int).SetBytes(counter)
	fixed := new(big.Int).Lsh(new(big.Int).Rsh(value, uint(length)), uint(length))
	value.Sub(value, fixed)
	value.Add(value, big.NewInt(offset/aes.BlockSize))
	value.Mod(value, size)
	head := data
	// What is left until the counter wraps, less what of the first block is done.
	left := new(big.Int).Sub(size, value)
	if left.Cmp(big.NewInt(int64(len(data)/aes.BlockSize)+2)) < 0 {
		head = data[:min(int64(len(data)), left.Int64()*aes.BlockSize-offset%aes.BlockSize)]
	}
	begin := new(big.Int).Add(fixed, value).FillBytes(make([]byte, aes.BlockSize))
	stream := cipher.NewCTR(block, begin)
	skip := make([]byte, offset%aes.BlockSize)
	stream.XORKeyStream(skip, skip)
	stream.XORKeyStream(head, head)
	if tail := data[len(head):]; len(tail) > 0 {
		cipher.NewCTR(block, fixed.FillBytes(begin)).XORKeyStream(tail, tail)
	}
	return data, nil
}

// aesGCM is native.gcm(encrypt, key, iv, data, additionalData, tagLength): SP
// 800-38D, with the tag, of tagLength bytes, behind the ciphertext.
func aesGCM(_ js.Env, args []js.Value) (js.Value, error) {
	block, err := newAES(args, 1)
	if err != nil {
		return nil, err
	}
	iv, data, extra, tag := bytes(args, 2), bytes(args, 3), bytes(args, 4), int(number(args, 5))
	if len(iv) == 0 {
		return nil, operationError("The initialization vector must not be empty")
	}
	gcm, err := cipher.NewGCMWithNonceSize(block, len(iv))
	if err != nil || tag < 0 || tag > gcm.Overhead() {
		return nil, errCipher
	}
	short := gcm.Overhead() - tag
	if args[0] == true {
		sealed := gcm.Seal(nil, iv, data, extra)
		return sealed[:len(sealed)-short], nil
	}
	if len(data) < tag {
		return nil, operationError("The data is shorter than its tag")
	}
	if short == 0 {
		plain, err := gcm.Open(data[:0], iv, data, extra)
		if err != nil {
			return nil, errCipher
		}
		return plain, nil
	}
	// The library opens no short tags: encrypting once more undoes the counter
	// mode, and sealing the outcome gives the tag that must have been.
	n := len(data) - tag
	plain := gcm.Seal(nil, iv, data[:n], nil)[:n]
	sealed := gcm.Seal(nil, iv, plain, extra)
	if subtle.ConstantTimeCompare(sealed[n:n+tag], data[n:]) != 1 {
		return nil, errCipher
	}
	return plain, nil
}

// gcmCounter is native.gcmCounter(key, iv): the counter block with which GCM
// encrypts the first block of data.
func gcmCounter(_ js.Env, args []js.Value) (js.Value, error) {
	block, err := newAES(args, 0)
	if err != nil {
		return nil, err
	}
	iv := bytes(args, 1)
	gcm, err := cipher.NewGCMWithNonceSize(block, max(len(iv), 1))
	if err != nil || len(iv) == 0 {
		return nil, operationError("The initialization vector must not be empty")
	}
	// The tag of nothing is the encrypted counter block ahead of the first.
	counter := gcm.Seal(nil, iv, nil, nil)
	block.Decrypt(counter, counter)
	for i := len(counter) - 1; i >= 12; i-- { // the last 32 bits count
		counter[i]++
		if counter[i] != 0 {
			break
		}
	}
	return counter, nil
}

// keyWrapIV is the initial value of AES-KW (RFC 3394, 2.2.3.1).
var keyWrapIV = [8]byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}

// aesKW is native.kw(wrap, key, data): RFC 3394.
func aesKW(_ js.Env, args []js.Value) (js.Value, error) {
	block, err := newAES(args, 1)
	if err != nil {
		return nil, err
	}
	data := bytes(args, 2)
	if args[0] == true {
		if len(data)%8 != 0 || len(data) < 16 {
			return nil, operationError("AES-KW wraps two or more units of 8 bytes")
		}
		return wrap(block, data), nil
	}
	if len(data)%8 != 0 || len(data) < 24 {
		return nil, errCipher
	}
	return unwrap(block, data)
}

// wrap is RFC 3394, 2.2.1.
func wrap(block cipher.Block, key []byte) []byte {
	out := append(keyWrapIV[:], key...)
	n := len(key) / 8
	var b [aes.BlockSize]byte
	copy(b[:8], out)
	for t := range 6 * n {
		r := out[8*(t%n+1):][:8]
		copy(b[8:], r)
		block.Encrypt(b[:], b[:])
		count(b[:8], t+1)
		copy(r, b[8:])
	}
	copy(out, b[:8])
	return out
}

// unwrap is RFC 3394, 2.2.2.
func unwrap(block cipher.Block, data []byte) (js.Value, error) {
	n := len(data)/8 - 1
	var b [aes.BlockSize]byte
	copy(b[:8], data)
	for t := 6*n - 1; t >= 0; t-- {
		r := data[8*(t%n+1):][:8]
		count(b[:8], t+1)
		copy(b[8:], r)
		block.Decrypt(b[:], b[:])
		copy(r, b[8:])
	}
	if subtle.ConstantTimeCompare(b[:8], keyWrapIV[:]) != 1 {
		return nil, errCipher
	}
	return data[8:], nil
}

// count adds t to a unit, without carrying.
func count(unit []byte, t int) {
	for i := 0; t > 0; i++ {
		unit[7-i] ^= byte(t)
		t >>= 8
	}
}
