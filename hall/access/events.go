package access

// EventKind says what happened. The words are stable: they are counted.
type EventKind string

// What a store reports to Options.OnEvent.
const (
	SignedIn        EventKind = "signed_in"
	SignInRefused   EventKind = "sign_in_refused"
	SignedOut       EventKind = "signed_out"
	SessionEnded    EventKind = "session_ended"
	AccountAdded    EventKind = "account_added"
	AccountChanged  EventKind = "account_changed"
	AccountRemoved  EventKind = "account_removed"
	PasswordChanged EventKind = "password_changed"
	SetUpDone       EventKind = "set_up"
	SetUpRefused    EventKind = "set_up_refused"
	TokenIssued     EventKind = "token_issued"
	TokenRevoked    EventKind = "token_revoked"
	PairingBegun    EventKind = "pairing_begun"
	DevicePaired    EventKind = "device_paired"
	PairingRefused  EventKind = "pairing_refused"
	DeviceChanged   EventKind = "device_changed"
	DeviceRevoked   EventKind = "device_revoked"
)

// Event is one success or refusal. It never holds what was typed: people type
// passwords into the field for the name.
type Event struct {
	Kind    EventKind
	At      int64  // Unix seconds
	Account int    // 0 if unknown
	Device  int    // 0 if none
	From    string // address prefix of the caller, as Prefix gives it
	Reason  string // a code: wrong, disabled, throttled, busy, idle, over, revoked…
}

func (s *Store) tell(e Event) {
	if s.opts.OnEvent == nil {
		return
	}
	e.At = s.opts.Now()
	s.opts.OnEvent(e)
}
