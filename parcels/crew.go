package parcels

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// Crew is goroutines at work for one who waits for them, as sync.WaitGroup is. What panics in one of them panics where he waits, with the stack
// of where it was, once all are done: a goroutine that panics by itself ends the process, and with it what a server's readers still have. The
// zero Crew is ready.
type Crew struct {
	group sync.WaitGroup
	once  sync.Once
	died  any // what the first panic said
}

// Go does work in a goroutine.
func (c *Crew) Go(work func()) {
	c.group.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				c.once.Do(func() { c.died = fmt.Sprintf("%v\n%s", p, debug.Stack()) })
			}
		}()
		work()
	})
}

// Wait waits for all of them.
func (c *Crew) Wait() {
	if c.group.Wait(); c.died != nil {
		panic(c.died)
	}
}

// OrPanic, deferred, makes an error of a panic in a goroutine whose error somebody waits for.
func OrPanic(err *error, where string) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: panic: %v\n%s", where, p, debug.Stack())
	}
}

// together runs tasks that write to different places at the same time.
func together(tasks ...func()) {
	var crew Crew
	for _, task := range tasks {
		crew.Go(task)
	}
	crew.Wait()
}
