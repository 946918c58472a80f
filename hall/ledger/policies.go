package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"lapak/scheduler"
)

// The documents of the policy's history: a list, and one for each version.
const (
	versionsDoc   = "policies"
	versionPrefix = "policy/"
	// MaxVersions bounds the kept versions: a change a week for four years.
	MaxVersions = 200
)

// ErrNoVersion says that the version is not kept.
var ErrNoVersion = errors.New("ledger: that version of the policy is not kept")

// Version is one version of the policy: who made it, when, and what changed.
type Version struct {
	Version int             `json:"version"`
	At      int64           `json:"at"` // branch time; of one that was found in force, when it was found
	By      scheduler.Actor `json:"by"`
	Found   bool            `json:"found,omitempty"` // it was in force when the history began
	Changes []PolicyChange  `json:"changes"`
}

// Versions lists the kept versions, newest first. It waits a little for the journal
// to be read up to now.
func (l *Ledger) Versions(ctx context.Context) ([]Version, error) {
	if err := l.upToDate(ctx); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	list := slices.Clone(l.versions)
	slices.Reverse(list)
	return list, nil
}

// PolicyOf is the policy as a version had it.
func (l *Ledger) PolicyOf(version int) (*scheduler.Policy, error) {
	l.mu.Lock()
	known := slices.ContainsFunc(l.versions, func(v Version) bool { return v.Version == version })
	l.mu.Unlock()
	if !known {
		return nil, ErrNoVersion
	}
	b, err := l.o.Records.Doc(versionPrefix + strconv.Itoa(version))
	if err != nil {
		return nil, err
	}
	p := &scheduler.Policy{}
	if err := unpack(b, p); err != nil {
		return nil, fmt.Errorf("ledger: version %d: %w", version, err)
	}
	return p, nil
}

// beginVersions reads the list, and takes the policy in force into it. The caller
// holds mu.
func (l *Ledger) beginVersions() error {
	b, err := l.o.Records.Doc(versionsDoc)
	if err == nil && b != nil {
		err = unpack(b, &l.versions)
	}
	p := l.fold.Policy()
	if n := len(l.versions); n > 0 && l.versions[n-1].Version >= p.Version {
		return err
	}
	found := Version{Version: p.Version, At: l.fold.At(), By: scheduler.System, Found: true, Changes: []PolicyChange{}}
	return errors.Join(err, l.keepVersion(found, p))
}

// policySet notes the version that a record made; it is written down with the days
// that ended. The caller holds mu.
func (l *Ledger) policySet(rec *scheduler.Record, p *scheduler.Policy) {
	if n := len(l.versions); n > 0 && l.versions[n-1].Version >= p.Version {
		return // it was kept before the restart
	}
	l.made = append(l.made, made{Version{Version: p.Version, At: rec.At, By: rec.By, Changes: changes(l.fold.Policy(), p)}, p})
}

// made is a version that is not written down yet.
type made struct {
	version Version
	policy  *scheduler.Policy
}

func (l *Ledger) keepVersion(v Version, p *scheduler.Policy) error {
	b, err := pack(p)
	if err != nil {
		return err
	}
	if err := l.o.Records.PutDoc(versionPrefix+strconv.Itoa(v.Version), b); err != nil {
		return err
	}
	list := append(slices.Clone(l.versions), v)
	for len(list) > MaxVersions {
		if err := l.o.Records.PutDoc(versionPrefix+strconv.Itoa(list[0].Version), nil); err != nil {
			return err
		}
		list = list[1:]
	}
	if b, err = pack(list); err != nil {
		return err
	}
	if err := l.o.Records.PutDoc(versionsDoc, b); err != nil {
		return err
	}
	l.versions = list
	return nil
}
