package hall

// Status is how the branch is, beside its state.
type Status struct {
	Ready     bool     `json:"ready"`     // commands are taken
	Reasons   []string `json:"reasons"`   // codes, when not ready
	Banners   []string `json:"banners"`   // codes that staff screens show
	ClockOffS int64    `json:"clock_off"` // wall clock ahead of what branch time expects, seconds
	Speed     int      `json:"speed"`     // 1, or a demo's
}

// The codes of reasons and banners.
const (
	CodeStopping     = "stopping"
	CodeCommitFailed = "commit_failed"
	CodeDiskFull     = "disk_full"
	CodeClockDiffers = "clock_differs" // see ClockToleranceS
	CodeClockHeld    = "clock_held"    // see FarAheadS: confirm the clock
)

// Status reports readiness and what staff should know.
func (h *Hall) Status() Status {
	s := Status{Ready: true, Reasons: []string{}, Banners: []string{}, Speed: h.o.Time.Speed()}
	select {
	case <-h.stop:
		s.Ready, s.Reasons = false, append(s.Reasons, CodeStopping)
	default:
	}
	if h.failed.Load() != nil {
		s.Ready, s.Reasons = false, append(s.Reasons, CodeCommitFailed)
	}
	if h.full.Load() {
		s.Banners = append(s.Banners, CodeDiskFull)
	}
	if s.ClockOffS = h.ClockOff(); s.ClockOffS > ClockToleranceS || s.ClockOffS < -ClockToleranceS {
		s.Banners = append(s.Banners, CodeClockDiffers)
	}
	if h.held.Load() {
		s.Banners = append(s.Banners, CodeClockHeld)
	}
	return s
}

// Queued is how many commands wait for the writer now: what works beside the
// branch stands back while there are some.
func (h *Hall) Queued() int { return len(h.staff) + len(h.public) }

// Held reports whether deadlines wait for the clock to be confirmed.
func (h *Hall) Held() bool { return h.held.Load() }

// ConfirmClock says that the clock is right although much time has passed
// since the last record: deadlines fire again.
func (h *Hall) ConfirmClock() {
	h.held.Store(false)
	h.wake()
}
