package people

// IDType says which document an identity number comes from.
type IDType string

// The documents that a visitor can show. A foreign worker has no NIK.
const (
	NIK      IDType = "nik"
	Passport IDType = "passport"
	Permit   IDType = "permit"
)

// Person is what a visitor tells about themselves. Only IDType and IDNumber are
// required; Validate says what is wrong and gives the normalised form.
type Person struct {
	IDType      IDType   `json:"id_type"`
	IDNumber    Secret   `json:"id_number"`
	Name        Secret   `json:"name"`
	Phone       Secret   `json:"phone"`
	Memberships []Secret `json:"memberships"` // KPJ, one per employer that the person had
}

// Until says how long to keep what, in Unix seconds. Zero means that the date is
// not known yet, and holds the value. A time in the past is due at the next
// Purge.
type Until struct {
	Identity int64 `json:"identity"` // number, name, memberships and notes
	Phone    int64 `json:"phone"`
	Link     int64 `json:"link"` // the keyed hash that recognises a returning person
}

// Found is one answer of Get and Reveal. Err is nil, or one of ErrUnknown,
// ErrForgotten and ErrNoKey; then Person is empty.
type Found struct {
	ID     string
	Person Person
	Err    error
}

// Note is one line of free text about a person.
type Note struct {
	Kind string
	Text Secret
	At   int64 // Unix seconds
}

// Look records that somebody saw who a person is. Person stays after the person
// is forgotten: it is opaque by then.
type Look struct {
	Actor  string `json:"actor"`  // who looked, an opaque id such as "officer:7"
	Person string `json:"person"` // whom
	Why    string `json:"why"`    // a reason code, never free text
	At     int64  `json:"at"`     // Unix seconds
}

// Purged counts what one purge, sweep or erasure removed.
type Purged struct {
	Identities int  `json:"identities"`
	Phones     int  `json:"phones"`
	Links      int  `json:"links"`
	People     int  `json:"people"` // rows of which nothing is left
	Notes      int  `json:"notes"`
	Looks      int  `json:"looks"`
	Keys       int  `json:"keys"`      // day keys destroyed
	Rewritten  bool `json:"rewritten"` // the file was written anew
}

// Counts describes a store for the metrics page and the manager.
type Counts struct {
	People     int   // rows
	Identities int   // rows that still hold an identity
	Unreadable int   // sealed values whose key is not in keys.json
	Notes      int   // lines of free text
	Looks      int   // entries in the access log
	Keys       int   // keys in keys.json
	FileBytes  int64 // size of people.db
}
