package twin

// event is something that happens at a time. Equal times keep their order.
type event struct {
	place int64 // in the order of what happens: the time, and when it was planned
	since int64 // of the situation that it answers
	who   int32
	kind  kind
}

type kind uint8

const (
	wakeUp  kind = iota // a deadline of the rules
	join                // a visit joins the line
	sit                 // a called visit sits down
	ready               // somebody's own step is done
	act                 // an officer does what is best now
	open                // an officer opens a room
	walkOut             // somebody gives up
	nudge               // everybody looks up
)

// orderBits are the bits of an event's place that tell apart what happens at one
// time: a path of maxSteps plans a few hundred thousand events.
const orderBits = 24

// never is later than everything that happens.
const never = int64(1) << 62

func (p *path) event(at int64, e event) event {
	p.seq++
	e.place = (at-p.f.now)<<orderBits | p.seq
	return e
}

// at is when the event happens.
func (p *path) at(e *event) int64 { return p.f.now + e.place>>orderBits }

// plan notes what will happen.
func (p *path) plan(at int64, e event) { p.soon.add(p.event(at, e)) }

// planFar notes what a path knows from its beginning on. There may be hundreds
// of such events, and only dozens of others, which come and go all the time: so
// they are kept apart.
func (p *path) planFar(at int64, e event) { p.far.add(p.event(at, e)) }

// next returns where the next event stands, and when it is due.
func (p *path) next() (from *agenda, at int64) {
	switch {
	case len(p.soon) == 0 && len(p.far) == 0:
		return nil, never
	case len(p.far) == 0 || len(p.soon) > 0 && p.soon[0].place < p.far[0].place:
		return &p.soon, p.at(&p.soon[0])
	}
	return &p.far, p.at(&p.far[0])
}

// agenda is a heap of events, the next one first.
type agenda []event

func (a *agenda) add(e event) {
	*a = append(*a, e)
	q := *a
	i := len(q) - 1
	for i > 0 {
		up := (i - 1) / 2
		if q[up].place < e.place {
			break
		}
		q[i] = q[up]
		i = up
	}
	q[i] = e
}

func (a *agenda) take() event {
	q := *a
	top, n := q[0], len(q)-1
	e := q[n]
	q = q[:n]
	*a = q
	for i, k := 0, 1; n > 0; k = 2*i + 1 {
		if k+1 < n && q[k+1].place < q[k].place {
			k++
		}
		if k >= n || e.place < q[k].place {
			q[i] = e
			break
		}
		q[i] = q[k]
		i = k
	}
	return top
}
