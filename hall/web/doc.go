// Package web is the branch's HTTP face: the JSON API under /api/v1, the pages
// and files of the screens, the live feeds, and what operators ask (health,
// readiness, metrics).
//
// It owns the one table of routes (routes.go), which says for every address who
// may ask; the wire forms of requests and answers; the sentences of errors; and
// openapi.json, which describes all of it and is held to it by the tests.
//
// What it promises:
//
//   - One way in. Every request passes the host list, the cross-origin check, the
//     table of roles, the idempotency key and the strict decoder, in that order,
//     before a handler sees it.
//   - Strict input. An unknown field, a wrong type, a field given twice, text
//     behind the document: each is refused by the path of its field.
//   - One way out. Handlers return errors; problem.go renders them all as
//     application/problem+json. A fault is logged under an id with its cause, and
//     the caller sees only the id.
//   - A retry is harmless. The same key and body give the same answer.
//   - No name in a log line, a metric, a URL or a frame. A request is logged by its
//     route's pattern, never by its address; bodies are never logged. Who a visitor
//     is is told only to the officer of their session, the desk and the manager,
//     and each look is written down first.
//
// It is the one package that imports echo, and uses it for routing only. It may
// import the packages beside it; none of them may import it.
package web
