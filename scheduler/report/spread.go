package report

import "slices"

// Spread is how a length of time was spread over people. Percentiles are by
// nearest rank: half of all waited P50 or less.
type Spread struct {
	N     int   `json:"n"`
	MeanS int64 `json:"mean_s"`
	P50S  int64 `json:"p50_s"`
	P90S  int64 `json:"p90_s"`
	MaxS  int64 `json:"max_s"`
}

// spreadOf sorts the list in place.
func spreadOf(list []int64) Spread {
	n := len(list)
	if n == 0 {
		return Spread{}
	}
	slices.Sort(list)
	sum := int64(0)
	for _, s := range list {
		sum += s
	}
	at := func(pct int) int64 { return list[(n*pct+99)/100-1] }
	return Spread{N: n, MeanS: (sum + int64(n)/2) / int64(n), P50S: at(50), P90S: at(90), MaxS: list[n-1]}
}
