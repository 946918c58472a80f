// Command lapak runs a branch office's group sessions: the server, the demo,
// and the operator's tools. It wires the packages together and owns nothing
// but the command line; docs/protocol.md holds its forms and exit codes.
//
// Nothing may import it.
package main
