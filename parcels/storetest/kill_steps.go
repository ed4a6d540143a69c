package storetest

import (
	"os"
	"testing"
	"time"

	"muchan/parcels"
)

// stepParcels is the size of the town whose changes are killed at each step: little work, for there are many steps.
const stepParcels = 40

// testKillSteps has a process stop at each step of an import, of one in parts and of an undo, and kills it there: the old state is left,
// and doing the work again completes it. Killed after it said that it was done, it leaves the new state.
func testKillSteps(t *testing.T, s Suite) {
	address := s.New(t)
	store := open(t, s, address)
	apply(t, store, round(stepParcels, 0))
	n := 0
	everyWork := os.Getenv(KillsEnv) != ""
	for i, step := range s.Steps {
		for j, w := range []work{{}, {inParts: true}, {undo: -1}} {
			if !everyWork && (i+j)%3 != 0 { // each step with one kind of work, and each kind at a third of the steps
				continue
			}
			n++
			w.address, w.size, w.round = address, stepParcels, n
			killAt(t, s, store, step, w)
		}
	}
	t.Logf("%d kills at %d steps", n, len(s.Steps))
}

// testKillFillSteps does the same to the loading of an empty store.
func testKillFillSteps(t *testing.T, s Suite) {
	for i, step := range s.FillSteps {
		if os.Getenv(KillsEnv) == "" && i%3 != 0 {
			continue
		}
		empty, address := fresh(t, s)
		before := version(t, empty)
		empty.Close() // many empty stores would hold many connections
		w := work{address: address, size: stepParcels, inParts: true}
		stopAndKill(t, s, step, w)
		left := open(t, s, address)
		if !checkFilled(t, left, w, before) {
			t.Errorf("%s: the filling that was killed is done", step.Name)
		}
		left.Close()
	}
}

// stopAndKill has a process stop at a step of its work and kills it there.
func stopAndKill(t *testing.T, s Suite, step Step, w work) {
	t.Helper()
	if err := s.Exec(w.address, step.Stop); err != nil {
		t.Fatalf("%s: %v", step.Name, err)
	}
	c := startChild(t, w)
	stopped, err := waitFor(func() (bool, error) { return s.Stopped(w.address) })
	c.kill(t)
	if err != nil || !stopped {
		t.Fatalf("%+v did not come to %s: %v", w, step.Name, err)
	}
	if err := s.Exec(w.address, step.Pass); err != nil {
		t.Fatalf("%s: %v", step.Name, err)
	}
}

// waitFor asks until the answer is yes, for half a minute.
func waitFor(ask func() (bool, error)) (yes bool, err error) {
	for deadline := time.Now().Add(30 * time.Second); !yes && err == nil && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		yes, err = ask()
	}
	return yes, err
}

// killAt kills work at a step and has it done afterwards, so that the store is a round further.
func killAt(t *testing.T, s Suite, store parcels.Store, step Step, w work) {
	t.Helper()
	undoes := w.undo != 0
	if undoes {
		w.undo = apply(t, store, round(w.size, w.round)).Change
	}
	before := version(t, store)
	stopAndKill(t, s, step, w)
	left := open(t, s, w.address)
	defer left.Close()
	if undoes {
		if !checkUndone(t, left, w, before) {
			t.Errorf("%s: the undo that was killed is done", step.Name)
		}
		apply(t, left, round(w.size, w.round))
	} else if !checkRound(t, left, w, before) {
		t.Errorf("%s: the change that was killed is done", step.Name)
	}
	if t.Failed() {
		t.Fatalf("killed at %s: %+v", step.Name, w)
	}
}
