package seating

import "lapak/scheduler/document"

// DefaultDistanceMM is the distance rule of a request that names none.
const DefaultDistanceMM = 1500

// ParseRequest reads a request strictly: an unknown field, a field given twice, a wrong type or text behind the
// document is refused by the path of its field, for example seats[3].x_mm. The seats are needed; what else is
// missing, or null, takes its default: the distance is DefaultDistanceMM, positions are 0, and without parties everybody is a stranger. The
// error is a *FieldError; the lengths and lists are checked as Choose does.
func ParseRequest(text []byte) (Request, error) {
	request := Request{DistanceMM: DefaultDistanceMM}
	hasSeats := false
	err := document.Read(text, func(r *document.Reader, name, path string) error {
		switch name {
		case "distance_mm":
			return r.Whole(path, &request.DistanceMM)
		case "together_mm":
			return r.Whole(path, &request.TogetherMM)
		case "limit":
			return r.Whole(path, &request.Limit)
		case "seats":
			err := readSeats(r, path, &request.Seats)
			hasSeats = !r.WasNull()
			return err
		case "taken":
			return r.List(path, MaxChoiceSeats, func(path string) error {
				var id string
				err := r.Text(path, &id)
				request.Taken = append(request.Taken, id)
				return err
			})
		case "parties":
			return readParties(r, path, &request.Parties)
		}
		return document.Unknown(path)
	})
	if err != nil {
		return Request{}, err
	}
	if !hasSeats {
		return Request{}, wrong("seats", "missing; list the seats of the room, each with id, x_mm and y_mm")
	}
	return request, request.validate(MaxChoiceSeats)
}

func readSeats(r *document.Reader, path string, to *[]NamedSeat) error {
	*to = []NamedSeat{}
	return r.List(path, MaxChoiceSeats, func(path string) error {
		seat := NamedSeat{}
		err := r.Object(path, func(name, path string) error {
			switch name {
			case "id":
				return r.Text(path, &seat.ID)
			case "x_mm":
				return r.Whole(path, &seat.XMM)
			case "y_mm":
				return r.Whole(path, &seat.YMM)
			case "accessible":
				return r.Flag(path, &seat.Accessible)
			case "closed":
				return r.Flag(path, &seat.Closed)
			}
			return document.Unknown(path)
		})
		*to = append(*to, seat)
		return err
	})
}

func readParties(r *document.Reader, path string, to *[]Party) error {
	list := []Party{}
	err := r.List(path, MaxParties, func(path string) error {
		party := Party{}
		err := r.Object(path, func(name, path string) error {
			switch name {
			case "id":
				return r.Text(path, &party.ID)
			case "persons":
				return r.Whole(path, &party.Persons)
			case "accessible":
				return r.Flag(path, &party.Accessible)
			}
			return document.Unknown(path)
		})
		list = append(list, party)
		return err
	})
	if !r.WasNull() { // An empty list of parties is a list; null is none.
		*to = list
	}
	return err
}
