package rehearsal

import (
	"fmt"

	"lapak/scheduler"
)

// Days rehearses days one after the other in one branch, which is furnished as the
// first of them says, and shows each day's records when it is over. An error of each
// ends the rehearsal and is returned; so is what must never be.
func Days(list []Config, each func(records []scheduler.Record) error) error {
	var d *scheduler.Draft
	for i, c := range list {
		r := newRun(c, Options{Keep: true})
		if i > 0 {
			r.d, r.setup = d, nil
		}
		r.all()
		d = r.d
		if len(r.day.Problems) > 0 {
			return fmt.Errorf("rehearsal: %s: %s", c.Date, r.day.Problems[0])
		}
		if err := each(r.day.Records); err != nil {
			return err
		}
	}
	return nil
}
