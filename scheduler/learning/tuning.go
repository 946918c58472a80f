package learning

import "math"

// How fast the figures follow and how much one day may say. Levels are natural
// logarithms, so 0.1 is about ten percent. The figures were chosen on rehearsed
// days (TestTwentyDaysTeachTheTruth -v says what they give): slow enough that
// twenty ordinary days leave a few percent of noise, fast enough that a branch that
// becomes a quarter slower is followed within three.
const (
	// catalogueSd is how far a step may be from a catalogue that was guessed:
	// a factor of one and a half is one standard deviation.
	catalogueSd = 0.4
	// commonSd is the same of everybody's pace, which all steps share.
	commonSd = 0.3
	// commonWalkSd and stepWalkSd are how much a pace changes from one working
	// day to the next and stays changed. The common one is followed faster:
	// many more observations speak for it.
	commonWalkSd = 0.03
	stepWalkSd   = 0.012
	// surpriseSd: two days in a row this far out on the same side, which chance
	// brings about once in a hundred and twenty days, are a change and no walk.
	surpriseSd = 1.5
	// officerWalkSd: how much an officer's own pace, against the others', does.
	officerWalkSd = 0.01
	// dayNoiseSd is how much a whole day differs from its neighbours without
	// meaning anything for the next one.
	dayNoiseSd = 0.04
	// stepNoiseSd is the same of one step.
	stepNoiseSd = 0.02
	// officerSd is how much officers differ before the branch has shown it, and
	// officerSdWeight how many officers' word that is worth.
	officerSd       = 0.15
	officerSdWeight = 3
	minOfficerSd    = 0.03
	// maxDayMove bounds what one day may claim: half as long again, or two
	// thirds. A real change of more than that takes two days.
	maxDayMove = 0.405
	// maxTodayDrift bounds today's factor in the same way; todaySd and
	// todayStepSd are what is believed of it before the day has shown anything.
	maxTodayDrift = 0.405
	todaySd       = 0.10
	todayStepSd   = 0.05
	// maxLevel is the widest band of the catalogue (400 percent), so that a
	// level never runs away where nobody sees it.
	maxLevel = 1.386
)

// What one value may say.
const (
	// winsorSd: a value beyond so many standard deviations of the logarithm
	// counts as if it lay there. One in eighty honest ones does.
	winsorSd = 2.5
	// absurdHigh and absurdLow: a step of more than ten times what is believed,
	// or less than a twentieth, is a forgotten button or a slip, not a step.
	absurdHigh = 10
	absurdLow  = 0.05
	// minTookS: nobody does a step in less than three seconds.
	minTookS = 3
)

// The spread, which changes slowly.
const (
	spreadForget = 0.97 // a day's weight a working day later: a memory of about a month
	spreadWeight = 20   // observations that the catalogue's spread is worth
)

// Rates and profiles.
const (
	rateForget    = 0.95 // a memory of about twenty working days
	profileForget = 0.7  // of one weekday, which comes once a week: about a month
)

// Bounds of memory.
const (
	maxOfficerCells = 1000 // fifty officers at twenty steps each
	maxPending      = 3000 // facts that can still be taken back: scheduler.MaxUndo acts that settle forty files each
	maxMarks        = 512  // interrupted steps of one day
	staleDays       = 120  // working days after which an officer who is not seen is forgotten
)

func square(x float64) float64 { return x * x }

// below is the standard normal distribution.
func below(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// sigmaOf is the standard deviation of the logarithm of a lognormal whose
// spread is cv times its mean: sqrt(ln(1+cv²)).
func sigmaOf(cv float64) float64 { return math.Sqrt(math.Log1p(cv * cv)) }

// winsorMean is the mean of a lognormal of mean 1 whose logarithm is held
// within winsorSd standard deviations of its middle: a little under 1.
func winsorMean(sigma float64) float64 {
	const k = winsorSd
	if sigma == 0 {
		return 1
	}
	tail, half := below(-k), sigma*sigma/2
	return below(k-sigma) - below(-k-sigma) + tail*(math.Exp(k*sigma-half)+math.Exp(-k*sigma-half))
}

// winsorVariance is what winsorising leaves of a normal variance:
// E[min(z², k²)].
func winsorVariance() float64 {
	const k = winsorSd
	density := math.Exp(-k*k/2) / math.Sqrt(2*math.Pi)
	return 1 - 2*below(-k) - 2*k*density + 2*k*k*below(-k)
}

// given is the expected length of a lognormal of mean 1 that has lasted e
// already, and the share that ends by then: E[X | X > e] =
// Φ((σ²/2 − ln e)/σ) / Φ((−σ²/2 − ln e)/σ), by the partial expectation of the
// lognormal (Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions
// 1, chapter 14).
func given(e, sigma float64) (whole, done float64) {
	if e <= 0 {
		return 1, 0
	}
	if sigma < 0.01 {
		return max(1, e), 0
	}
	z := math.Log(e)
	left := below((-sigma*sigma/2 - z) / sigma)
	if left < 1e-6 {
		return e * (1 + sigma*sigma/(z+sigma*sigma/2)), 1
	}
	return below((sigma*sigma/2-z)/sigma) / left, 1 - left
}
