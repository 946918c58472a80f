// Package people keeps who the visitors are, and forgets them.
//
// It owns people.db, where every personal value is sealed, and keys.json, the
// keys that open it. Nothing else in the program stores a name, an identity
// number, a phone number, a membership number or a line of free text: the
// journal, the screens and the logs carry only the opaque person id that this
// package hands out.
//
// What it promises:
//
//   - Vault first. Register answers only when the person is durable, so a
//     command that carries the id never points at nobody.
//   - The same identity number gives the same id while the link is kept. The
//     link is a keyed HMAC: an identity number is short enough to be guessed
//     from a plain hash.
//   - No plain personal value is ever written to a disk by this package, and
//     keys never enter people.db or a backup.
//   - Forgetting is real. What is due is deleted and the file is rewritten,
//     because the store keeps the bytes of deleted rows; keys that no row needs
//     any more are destroyed, which also closes the backups that were sealed
//     with them. Freed disk blocks are not scrubbed: that is what disk
//     encryption is for.
//   - A restore never brings back a person who was erased.
//   - A value of this package does not show itself in a log, an error, a
//     formatted string or a JSON document (see Secret).
//
// All times are whole Unix seconds, given by the caller. A Store is safe for
// concurrent use; concurrent writes share one commit.
//
// It must never import another package of this program: it knows no visit, no
// claim and no officer, only ids that somebody else gives a meaning.
package people
