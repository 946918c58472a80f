package people

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
)

// This file is the only one that encrypts, decrypts or hashes a person. Another
// scheme (a key per person, a hardware module) replaces this file and keys.go.

const (
	keyBytes   = 32 // AES-256 and HMAC-SHA-256
	keyIDBytes = 8
	nonceBytes = 12
	linkBytes  = 16 // 128 bits of the HMAC: no two of a country's people meet by chance
	idBytes    = 16 // a person id is 128 random bits
)

// seal encrypts plain for one field of one person. The result is key id, nonce
// and ciphertext; person and field are bound to it, so a sealed value copied to
// another row or field does not open.
func seal(k dayKey, person, field string, plain []byte) ([]byte, error) {
	gcm, err := newGCM(k.key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, keyIDBytes+nonceBytes, keyIDBytes+nonceBytes+len(plain)+gcm.Overhead())
	copy(out, k.id[:])
	if _, err := rand.Read(out[keyIDBytes:]); err != nil {
		return nil, err
	}
	return gcm.Seal(out, out[keyIDBytes:], plain, boundTo(person, field)), nil
}

// open reverses seal. It gives ErrNoKey when the ring lacks the key and
// ErrDamaged when the value is not what was sealed.
func open(r *ring, person, field string, sealed []byte) ([]byte, error) {
	id, ok := keyOf(sealed)
	if !ok {
		return nil, ErrDamaged
	}
	key, ok := r.find(id)
	if !ok {
		return nil, ErrNoKey
	}
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	nonce := sealed[keyIDBytes : keyIDBytes+nonceBytes]
	plain, err := gcm.Open(nil, nonce, sealed[keyIDBytes+nonceBytes:], boundTo(person, field))
	if err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	return plain, nil
}

// keyOf reads which key sealed a value.
func keyOf(sealed []byte) (id keyID, ok bool) {
	if len(sealed) < keyIDBytes+nonceBytes {
		return id, false
	}
	copy(id[:], sealed)
	return id, true
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func boundTo(person, field string) []byte {
	return []byte("lapak people 1\x00" + person + "\x00" + field)
}

// link is the keyed hash by which a returning person is recognised.
func link(indexKey []byte, kind IDType, number string) []byte {
	mac := hmac.New(sha256.New, indexKey)
	mac.Write([]byte(kind))
	mac.Write([]byte{0})
	mac.Write([]byte(number))
	return mac.Sum(nil)[:linkBytes]
}

// fingerprint names an index key without telling it, so that links made with
// another key are noticed and dropped.
func fingerprint(indexKey []byte) string {
	mac := hmac.New(sha256.New, indexKey)
	mac.Write([]byte("lapak people: which index key"))
	return hex.EncodeToString(mac.Sum(nil)[:keyIDBytes])
}

// newID gives a person id of 128 random bits in hex.
func newID() string {
	var raw [idBytes]byte
	rand.Read(raw[:]) // never fails: it ends the program instead
	return hex.EncodeToString(raw[:])
}
