package seating

// Request is a planning question: which seats of a furnished room may be used together.
type Request struct {
	DistanceMM int         `json:"distance_mm"`
	TogetherMM int         `json:"together_mm"` // 0 stands for distance_mm-1.
	Seats      []NamedSeat `json:"seats"`
	Taken      []string    `json:"taken"`   // Seats that strangers hold already.
	Parties    []Party     `json:"parties"` // Nil: as many single persons as possible.
	Limit      int         `json:"limit"`   // Above 0: at most so many persons.
}

// NamedSeat is a seat of a request.
type NamedSeat struct {
	ID         string `json:"id"`
	XMM        int    `json:"x_mm"`
	YMM        int    `json:"y_mm"`
	Accessible bool   `json:"accessible"`
	Closed     bool   `json:"closed"`
}

// Party is persons who came together. They are seated whole, on one connected cluster, or not at all.
type Party struct {
	ID         string `json:"id"`
	Persons    int    `json:"persons"`
	Accessible bool   `json:"accessible"` // Needs at least one accessible seat.
}

// Choice is the answer to a Request.
type Choice struct {
	Persons     int          `json:"persons"`
	Optimal     bool         `json:"optimal"` // Proven: no choice seats more persons.
	UpperBound  int          `json:"upper_bound"`
	Assignments []Assignment `json:"assignments"` // In the order of the parties; of the seats without parties.
	Unseated    []string     `json:"unseated"`
	Stopped     string       `json:"stopped,omitempty"` // "time" when the caller's safety stop ended the search.
}

// Assignment is the seats of one party, in the order of the request.
type Assignment struct {
	Party string   `json:"party"`
	Seats []string `json:"seats"`
}

// MaxParties bounds a request: more parties than a full day of visits is a mistake.
const MaxParties = 1000

// MaxChoiceSeats bounds the seats of one question: twice the largest hall of a branch. A room of the live branch has
// at most MaxSeats.
const MaxChoiceSeats = 512

// maxID bounds the length of an id, so that an answer stays as small as its question.
const maxID = 100

// Validate returns a *FieldError for the first field that is wrong, or nil. The room is to be one of the live branch,
// with at most MaxSeats; Choose answers for rooms of up to MaxChoiceSeats.
func (r *Request) Validate() error { return r.validate(MaxSeats) }

func (r *Request) validate(most int) error {
	if err := validateLengths(r.DistanceMM, r.TogetherMM); err != nil {
		return err
	}
	if r.Limit < 0 {
		return wrong("limit", "%d is negative; 0 is no limit", r.Limit)
	}
	if len(r.Seats) > most {
		return wrong("seats", "%d seats; a room has at most %d, divide it", len(r.Seats), most)
	}
	seats := make(map[string]int, len(r.Seats))
	for i, seat := range r.Seats {
		field := at("seats", i)
		if err := validateID(field+".id", seat.ID, seats, "seats", i); err != nil {
			return err
		}
		if err := validatePosition(field, int64(seat.XMM), int64(seat.YMM)); err != nil {
			return err
		}
	}
	taken := make(map[string]int, len(r.Taken))
	for i, id := range r.Taken {
		field := at("taken", i)
		if _, ok := seats[id]; !ok {
			return wrong(field, "no seat has the id %.40q", id)
		}
		if err := validateID(field, id, taken, "taken", i); err != nil {
			return err
		}
	}
	return r.validateParties()
}

func (r *Request) validateParties() error {
	if len(r.Parties) > MaxParties {
		return wrong("parties", "%d parties; at most %d are possible", len(r.Parties), MaxParties)
	}
	parties := make(map[string]int, len(r.Parties))
	for i, party := range r.Parties {
		field := at("parties", i)
		if err := validateID(field+".id", party.ID, parties, "parties", i); err != nil {
			return err
		}
		if party.Persons < 1 || party.Persons > MaxPersons {
			return wrong(field+".persons", "%d is outside 1 to %d", party.Persons, MaxPersons)
		}
	}
	return nil
}

func validateID(field, id string, seen map[string]int, list string, i int) error {
	if id == "" || len(id) > maxID {
		return wrong(field, "an id has 1 to %d bytes", maxID)
	}
	if first, again := seen[id]; again {
		return wrong(field, "%.40q is already %s[%d]; ids are unique", id, list, first)
	}
	seen[id] = i
	return nil
}
