package draw

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Limits of a draw.
const (
	SecretBytes = 32  // as many as the hash has
	MaxEntries  = 500 // people before a door; the record of a list stays under its bound
	MinEntropy  = 3   // throws; fewer are no entropy
	MaxEntropy  = 64  // characters
)

// Entry is one number on the list of those present. It names nobody.
type Entry struct {
	Number  string `json:"number"`
	Company int    `json:"company,omitempty"` // its list, or 0; a company draws once and stands together
	Arrived int64  `json:"arrived"`           // branch time, unix seconds: shown, without effect
}

// Proof is a published draw.
type Proof struct {
	Version  int      `json:"version"` // 1
	Date     string   `json:"date"`
	Round    int      `json:"round"`             // more than 1 after a declared re-draw
	Present  int      `json:"present_at_commit"` // how many stood there when the hash was published; 0: it was before the gate
	Commit   string   `json:"commit"`            // SHA-256 of the secret
	List     []Entry  `json:"list"`
	ListHash string   `json:"list_hash"`
	Entropy  string   `json:"entropy"` // the dice, as they were read out
	Secret   string   `json:"secret"`
	Order    []string `json:"order"` // numbers, first in line first
}

// Commit is what is published of a secret. It is "" for what is no secret.
func Commit(secret string) string {
	raw, err := hex.DecodeString(secret)
	if err != nil || len(raw) != SecretBytes {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// ListHash is the SHA-256 of the list: a line "number,company,arrived" for each.
func ListHash(list []Entry) string {
	h := sha256.New()
	for _, e := range list {
		h.Write([]byte(e.Number + "," + strconv.Itoa(e.Company) + "," + strconv.FormatInt(e.Arrived, 10) + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Entropy is what was thrown, in one way of writing: letters and digits only,
// capital, so that it does not matter how somebody typed the spaces.
func Entropy(text string) (string, bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(text) {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		case r != ' ' && r != ',' && r != '-' && r != '.':
			return "", false
		}
	}
	return b.String(), b.Len() >= MinEntropy && b.Len() <= MaxEntropy
}

// Order draws: the places of the list's entries, first in line first. The key is
// HMAC-SHA256(secret, list hash ‖ entropy); each lot is HMAC-SHA256(key, holder),
// where a holder is a number, or "company N" for all of a company's. The smallest
// lot is first; a company's numbers stand one behind another as on the list.
func Order(secret string, list []Entry, entropy string) ([]int, error) {
	raw, err := hex.DecodeString(secret)
	if err != nil || len(raw) != SecretBytes {
		return nil, fmt.Errorf("secret: it is %d bytes in hexadecimal", SecretBytes)
	}
	hash, _ := hex.DecodeString(ListHash(list)) // just written in hexadecimal
	key := mac(raw, append(hash, entropy...))
	lots, order := make([][]byte, len(list)), make([]int, len(list))
	for i, e := range list {
		holder := e.Number
		if e.Company != 0 {
			holder = "company " + strconv.Itoa(e.Company)
		}
		lots[i], order[i] = mac(key, []byte(holder)), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return bytes.Compare(lots[a], lots[b]) })
	return order, nil
}

func mac(key, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)
}

// Verify computes a published draw again and lists what does not agree; nothing
// means that the order is the one that secret, list and dice give.
func Verify(p Proof) []string {
	var problems []string
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if c := Commit(p.Secret); c != p.Commit {
		wrong("commit: the secret's hash is %s, published was %s", c, p.Commit)
	}
	if h := ListHash(p.List); h != p.ListHash {
		wrong("list_hash: the list's hash is %s, shown was %s", h, p.ListHash)
	}
	seen := map[string]bool{}
	for i, e := range p.List {
		if seen[e.Number] {
			wrong("list[%d]: %s is on the list twice", i, e.Number)
		}
		seen[e.Number] = true
	}
	entropy, usable := Entropy(p.Entropy)
	if !usable {
		wrong("entropy: %q is not %d to %d letters and digits", p.Entropy, MinEntropy, MaxEntropy)
	}
	order, err := Order(p.Secret, p.List, entropy)
	if err != nil {
		return append(problems, err.Error())
	}
	if len(p.Order) != len(order) {
		wrong("order: %d numbers for a list of %d", len(p.Order), len(order))
		return problems
	}
	for place, i := range order {
		if p.Order[place] != p.List[i].Number {
			wrong("order[%d]: drawn is %s, published was %s", place, p.List[i].Number, p.Order[place])
		}
	}
	return problems
}
