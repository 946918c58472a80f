// Package access decides who may come in: accounts of the people who work here,
// their sessions, bearer tokens for programs, and the devices of the branch.
//
// It owns access.db. What it promises:
//
//   - Who answers for every credential of every kind with one look in memory.
//   - A secret is stored only as a hash: passwords as argon2id with their
//     parameters, tokens of 256 random bits as SHA-256. Pairing codes and the
//     set-up link live only in memory.
//   - What ends, ends at once: Actor.Ended closes when a credential is revoked,
//     so that an open websocket can be closed within the second.
//   - Guessing is slow and hashing cannot eat the memory, whatever the network
//     sends; no account is ever locked for good.
//   - An account id is never used again, so the journal can name it for ever.
//   - A replaced password hash and a revoked key leave the file: it is written
//     anew, because the store keeps the bytes of deleted rows.
//
// The clock is a function given to Open; all times are whole Unix seconds. A
// Store is safe for concurrent use.
//
// The store's file rules are those of the sibling that keeps the visitors, said
// a second time here on purpose: the two files share no code, no key and no fate.
//
// It must never import another package of this program. What a role may do is
// the web layer's table; here a role is only a word.
package access
