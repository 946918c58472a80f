// Package board carries the branch's views to its screens.
//
// It owns two things. The views (view_*.go) turn the state into one small JSON
// document per audience and subject, without a name in it. The feed (feed*.go,
// screen.go, close.go) takes those documents to every connected screen over
// websockets, and to pollers over plain HTTP, from one shared rendering.
//
// What the feed promises:
//
//   - Changed never waits, whatever the screens do. It is called after a commit,
//     and before the answer to the caller, so that who has an answer reads it back.
//   - A subject is rendered at most MaxRendersPerSecond times a second, once for
//     all its screens, and only while somebody looks or asks.
//   - Newest wins. A screen that cannot keep up skips views in between, never ends
//     on an old one, and never sees seq go down on one connection.
//   - A beat with seq S says: the view you hold is what the state at S shows. A
//     screen whose subject cannot be rendered gets no beat, because a frozen board
//     that looks alive is worse than one that says it has lost the branch.
//   - A screen that never reads delays nobody and is cut off.
//   - Every close carries a code of the table in close.go, which says whether to
//     come back.
//
// The position of a view is (epoch, seq): seq counts the records of one journal,
// epoch names the life of that journal and changes when a backup is restored.
//
// This is the one package that imports gorilla/websocket. It must never import
// another package under hall, nor echo, nor a database: what it shows comes
// through Source, and who may look was decided before Serve is called.
package board
