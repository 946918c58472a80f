package board

// CloseCode is the code of a websocket close frame. The table below is part of
// the protocol with the screens: a code is never given another meaning.
//
// Codes below 4500 say "come back by yourself" (after a pause that grows, with
// some chance in it, so that two hundred boards do not return in one instant).
// Codes from 4500 say "do not come back by yourself": a person or another page
// has to do something first. Codes that are not in the table, and a connection
// that ends without a code (1006), mean come back.
type CloseCode int

const (
	// CloseFault: the branch could not render the first view. Come back.
	CloseFault CloseCode = 1011
	// CloseRestarting: the branch's server stops or restarts. Come back.
	CloseRestarting CloseCode = 1012

	// CloseTooSlow: the screen took no view for WriteDeadline or answered no ping
	// for PongDeadline. Come back; the newest view is sent first.
	CloseTooSlow CloseCode = 4000
	// CloseFlooding: the screen sent more than MaxInboundPerSecond frames in a
	// second, although the feed listens to nothing but pongs. Come back.
	CloseFlooding CloseCode = 4001
	// CloseReplacedBuild: the page was made by another build than the one that
	// runs now. Reload the page, which then comes back.
	CloseReplacedBuild CloseCode = 4002
	// CloseChanged: what the credential may see has changed, or where its screen
	// stands. Come back at once, and ask anew what this screen is.
	CloseChanged CloseCode = 4003

	// CloseSignedOut: the credential was revoked, signed out or has expired. Show
	// the sign-in or the pairing page.
	CloseSignedOut CloseCode = 4500
	// CloseNotAllowed: this credential may not see this subject.
	CloseNotAllowed CloseCode = 4501
	// CloseUnknownSubject: there is no such room, seat or visit, or not any more.
	CloseUnknownSubject CloseCode = 4502
	// CloseReplacedScreen: the same credential opened more screens than it may
	// have, and this was its oldest. Were it to come back by itself, it would
	// push out the next one, for ever; so a person chooses where to look.
	CloseReplacedScreen CloseCode = 4503
)

// firstLastingCode is where the codes begin that a screen does not answer by
// coming back.
const firstLastingCode CloseCode = 4500

// codeGone marks a screen that left by itself; it never goes over the wire.
const codeGone CloseCode = 1005

// Again reports whether a screen closed with this code comes back by itself.
func (c CloseCode) Again() bool { return c < firstLastingCode }

// Reason is the short English text that travels in the close frame, for
// developers' tools; what people read belongs to the screens.
func (c CloseCode) Reason() string {
	switch c {
	case CloseFault:
		return "the view could not be made"
	case CloseRestarting:
		return "the branch restarts"
	case CloseTooSlow:
		return "the screen did not keep up"
	case CloseFlooding:
		return "too many frames from the screen"
	case CloseReplacedBuild:
		return "the page is of another build"
	case CloseChanged:
		return "the screen was given another place"
	case CloseSignedOut:
		return "signed out"
	case CloseNotAllowed:
		return "not allowed"
	case CloseUnknownSubject:
		return "no such subject"
	case CloseReplacedScreen:
		return "replaced by a newer screen"
	}
	return ""
}
