package api

import "time"

// laps are how long each step of making an image took, in order. Where nobody asks, nil, nothing is noted.
type laps struct {
	begun time.Time
	steps []lap
}

type lap struct {
	step string
	took time.Duration
}

func startLaps() *laps { return &laps{begun: time.Now()} }

// done ends a step, and begins the next.
func (l *laps) done(step string) {
	if l == nil {
		return
	}
	now := time.Now()
	l.steps = append(l.steps, lap{step, now.Sub(l.begun)})
	l.begun = now
}
