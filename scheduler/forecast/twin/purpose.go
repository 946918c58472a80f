package twin

import "lapak/scheduler/forecast/luck"

// purpose names what a stream is for.
type purpose uint64

const (
	forWalk purpose = iota + 1
	forReact
	forStep
	forGroup
	forComing
	forLeaving
	forJumping
)

func (p *path) dice(of purpose, who uint64) luck.Stream { return luck.Roll(p.seed, uint64(of), who) }
