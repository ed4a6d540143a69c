package storetest

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"muchan/parcels"
)

const (
	childAddress = "MUCHAN_STORETEST_ADDRESS" // set in the child process that is killed
	childWork    = "MUCHAN_STORETEST_WORK"
	killParcels  = 800

	// KillsEnv names the environment variable that says how many kills of imports and of undos a test makes; a release wants 200.
	KillsEnv   = "MUCHAN_KILLS"
	usualKills = 24
)

// kills is how often a child is killed.
func kills(t *testing.T, usual int) int {
	text := os.Getenv(KillsEnv)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q is no number of kills", KillsEnv, text)
	}
	return n
}

// moment is when kill k of n falls into work that takes a while: at random within a slice of its own, so that every step of the work is
// met and not only the long ones.
func moment(random *rand.Rand, k, n int, took time.Duration) time.Duration {
	const beyond = 1.3 // a busy machine may take longer than the work did that was measured
	return time.Duration(beyond * float64(took) * (float64(k) + random.Float64()) / float64(n))
}

// round returns a big change: every parcel, building and figure gets the round's mark, and there are some new parcels.
func round(size, n int) parcels.Rows {
	rows := Town(size)
	for i := range size {
		rows.Parcels[i].Address = mark(n)
		rows.Buildings[i].Name = mark(n)
		rows.Figures[i].RDWan = parcels.Some(parcels.Wan(n))
	}
	for i := range 10 {
		p := parcel(size + n*10 + i)
		p.Address = mark(n)
		rows.Parcels = append(rows.Parcels, p)
	}
	return rows
}

func mark(n int) string { return "round " + strconv.Itoa(n) }

// work is what a child process does before it is killed: it applies a round, whole or in parts, or takes a change back.
type work struct {
	address     string // of the store
	size, round int
	inParts     bool
	undo        int64 // the change to take back; 0 for none
}

// env tells the work to the child.
func (w work) env() string {
	return fmt.Sprintf("%s=%d %d %t %d", childWork, w.size, w.round, w.inParts, w.undo)
}

func workOf(text string) (w work, err error) {
	_, err = fmt.Sscanf(text, "%d %d %t %d", &w.size, &w.round, &w.inParts, &w.undo)
	return w, err
}

func (w work) do(store parcels.Store) (err error) {
	switch {
	case w.undo > 0:
		_, err = store.Undo(context.Background(), parcels.Undo{Change: w.undo, Who: "李四", When: change0.When})
	case w.inParts:
		_, err = load(store, partsOf(round(w.size, w.round), w.size/4))
	default:
		_, err = store.Apply(context.Background(), change(round(w.size, w.round)))
	}
	return err
}

// workAsChild is the whole life of the child process.
func workAsChild(t *testing.T, s Suite, address string) {
	w, err := workOf(os.Getenv(childWork))
	if err != nil {
		t.Fatal(err)
	}
	store, err := s.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("applying")
	if err := w.do(store); err != nil {
		t.Fatal(err)
	}
	fmt.Println("applied")
	store.Close()
}

// testKill kills a process in the middle of a change, whole and in parts, again and again: what is left is the state before the change or
// the state after it, and applying the change once more completes it.
func testKill(t *testing.T, s Suite) {
	address := s.New(t)
	store := open(t, s, address)
	apply(t, store, round(killParcels, 0))
	started := time.Now()
	apply(t, store, round(killParcels, 1))
	k := killing{rounds: kills(t, usualKills), took: time.Since(started)}
	k.run(t, s, func(n int) (work, func(parcels.Store) bool) {
		before := version(t, store)
		w := work{address: address, size: killParcels, round: n + 2, inParts: n%2 == 1}
		return w, func(left parcels.Store) bool { return checkRound(t, left, w, before) }
	})
}

// checkRound checks that a killed round is whole or was not there, which it reports, and completes it.
func checkRound(t *testing.T, left parcels.Store, w work, before int64) (old bool) {
	t.Helper()
	snap := snapshot(t, left, far)
	old = snap.Version == before
	if old {
		checkMarks(t, snap, w.size, w.round-1)
	} else {
		checkMarks(t, snap, w.size, w.round)
	}
	if receipt := apply(t, left, round(w.size, w.round)); receipt.Repeated == old {
		t.Errorf("round %d: applied again: %+v, the state was old: %t", w.round, receipt, old)
	}
	checkMarks(t, snapshot(t, left, far), w.size, w.round)
	return old
}

// testKillFill does the same to the loading of an empty store, which is written in ways of its own.
func testKillFill(t *testing.T, s Suite) {
	const usual = 8
	store, _ := fresh(t, s)
	w := work{size: killParcels, inParts: true}
	started := time.Now()
	if err := w.do(store); err != nil {
		t.Fatal(err)
	}
	k := killing{rounds: kills(t, usual), took: time.Since(started)}
	k.run(t, s, func(int) (work, func(parcels.Store) bool) {
		empty, address := fresh(t, s)
		w, before := w, version(t, empty)
		w.address = address
		empty.Close() // many empty stores would hold many connections
		return w, func(left parcels.Store) bool { return checkFilled(t, left, w, before) }
	})
}

// checkFilled checks that a killed filling is whole or was not there, which it reports, and completes it.
func checkFilled(t *testing.T, left parcels.Store, w work, before int64) (old bool) {
	t.Helper()
	snap := snapshot(t, left, far)
	if old = snap.Version == before; old {
		checkRows(t, "after the kill", snap.AllRows(), &parcels.Rows{})
		if err := w.do(left); err != nil {
			t.Errorf("fill again: %v", err)
		}
	}
	checkMarks(t, snapshot(t, left, far), w.size, w.round)
	return old
}

// testKillUndo does the same to an undo: what is left is the round or the one before it, and the undo can be done again.
func testKillUndo(t *testing.T, s Suite) {
	const usual = 8
	address := s.New(t)
	store := open(t, s, address)
	apply(t, store, round(killParcels, 0))
	first := apply(t, store, round(killParcels, 1))
	started := time.Now()
	undo(t, store, first.Change)
	k := killing{rounds: kills(t, usual), took: time.Since(started)}
	k.run(t, s, func(int) (work, func(parcels.Store) bool) {
		applied := apply(t, store, round(killParcels, 1))
		w := work{address: address, size: killParcels, round: 1, undo: applied.Change}
		return w, func(left parcels.Store) bool { return checkUndone(t, left, w, applied.Version) }
	})
}

// checkUndone checks that a killed undo is whole or was not there, which it reports, and completes it.
func checkUndone(t *testing.T, left parcels.Store, w work, before int64) (old bool) {
	t.Helper()
	snap := snapshot(t, left, far)
	if old = snap.Version == before; old {
		checkMarks(t, snap, w.size, w.round)
		undo(t, left, w.undo)
	}
	checkMarks(t, snapshot(t, left, far), w.size, w.round-1)
	return old
}

// killing is work that is killed so many times.
type killing struct {
	rounds int
	took   time.Duration // of the work when nobody is killed
}

// run asks for the work of each round and for what checks the store that its death leaves, which tells whether the old state was left.
func (k *killing) run(t *testing.T, s Suite, round func(n int) (work, func(left parcels.Store) (old bool))) {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, the work takes %s", seed, k.took)
	random := rand.New(rand.NewPCG(seed, 0))
	old := 0
	for n := range k.rounds {
		w, check := round(n)
		delay := moment(random, n, k.rounds, k.took)
		child := startChild(t, w)
		time.Sleep(delay)
		child.kill(t)
		left := open(t, s, w.address)
		if check(left) {
			old++
		}
		left.Close()
		if t.Failed() {
			t.Fatalf("kill %d of %+v, after %s", n, w, delay)
		}
	}
	t.Logf("%d kills left the old state, %d the new one", old, k.rounds-old)
}

// child is this test binary at work in a process of its own.
type child struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner // of what it says
}

// startChild starts a child and waits until it is about to begin its work.
func startChild(t *testing.T, w work) *child {
	t.Helper()
	root, _, _ := strings.Cut(t.Name(), "/")
	c := &child{cmd: exec.Command(os.Args[0], "-test.run=^"+root+"$", "-test.count=1")}
	c.cmd.Env = append(os.Environ(), childAddress+"="+w.address, w.env())
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	if !c.says("applying") {
		c.kill(t)
		t.Fatalf("%+v: the child did not begin", w)
	}
	return c
}

// says waits for a line.
func (c *child) says(line string) bool {
	for c.lines.Scan() {
		if c.lines.Text() == line {
			return true
		}
	}
	return false
}

func (c *child) kill(t *testing.T) {
	t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.cmd.Wait() // its error is the kill
}

// checkMarks checks that a snapshot shows one round in every row that rounds write.
func checkMarks(t *testing.T, snap *parcels.Snapshot, size, n int) {
	t.Helper()
	for i := range size {
		p, b, f := snap.Parcel(parcelCode(i)), snap.Building(buildingID(i)), snap.FiguresOf(creditCode(i), 2020)
		if p == nil || b == nil || f == nil {
			t.Fatalf("round %d: rows of parcel %d are lost", n, i)
		}
		if rd, _ := f.RDWan.Get(); p.Address != mark(n) || b.Name != mark(n) || rd != parcels.Wan(n) {
			t.Fatalf("round %d: parcel %d shows %q, its building %q, its figures %d", n, i, p.Address, b.Name, rd)
		}
	}
	if want := size + (n+1)*10; snap.Parcels.Len() != want {
		t.Fatalf("round %d: %d parcels, want %d", n, snap.Parcels.Len(), want)
	}
}
