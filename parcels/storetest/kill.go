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
	childRound   = "MUCHAN_STORETEST_ROUND"
	childUndo    = "MUCHAN_STORETEST_UNDO" // the change that the child takes back, instead of applying a round
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
func round(n int) parcels.Rows {
	rows := Town(killParcels)
	for i := range killParcels {
		rows.Parcels[i].Address = mark(n)
		rows.Buildings[i].Name = mark(n)
		rows.Figures[i].RDWan = parcels.Some(parcels.Wan(n))
	}
	for i := range 10 {
		p := parcel(killParcels + n*10 + i)
		p.Address = mark(n)
		rows.Parcels = append(rows.Parcels, p)
	}
	return rows
}

func mark(n int) string { return "round " + strconv.Itoa(n) }

// applyAsChild is the whole life of the child process.
func applyAsChild(t *testing.T, s Suite, address string) {
	n, err := strconv.Atoi(os.Getenv(childRound))
	if err != nil {
		t.Fatal(err)
	}
	store, err := s.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	c := change(round(n))
	work := func() error { _, err := store.Apply(context.Background(), c); return err }
	if text := os.Getenv(childUndo); text != "" {
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		work = func() error {
			_, err := store.Undo(context.Background(), parcels.Undo{Change: number, Who: "李四", When: c.When})
			return err
		}
	}
	fmt.Println("applying")
	if err := work(); err != nil {
		t.Fatal(err)
	}
	fmt.Println("applied")
	store.Close()
}

// testKill kills a process in the middle of a change, again and again: what is left is the state before the change or the state
// after it, and applying the change once more completes it.
func testKill(t *testing.T, s Suite) {
	address := s.New(t)
	store := open(t, s, address)
	apply(t, store, round(0))
	started := time.Now()
	apply(t, store, round(1))
	took := time.Since(started)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, a change takes %s", seed, took)
	random := rand.New(rand.NewPCG(seed, 0))
	old, finished := 0, 0
	rounds := kills(t, usualKills)
	for n := 2; n < 2+rounds; n++ {
		before := version(t, store)
		delay := moment(random, n-2, rounds, took)
		killChild(t, address, delay, childRound+"="+strconv.Itoa(n))

		left := open(t, s, address)
		left1 := snapshot(t, left, far)
		switch {
		case left1.Version == before:
			old++
			checkMarks(t, left1, n-1)
		default:
			finished++
			checkMarks(t, left1, n)
		}
		receipt := apply(t, left, round(n))
		if want := left1.Version != before; receipt.Repeated != want {
			t.Errorf("round %d: applied again: %+v, want repeated %v", n, receipt, want)
		}
		checkMarks(t, snapshot(t, left, far), n)
		left.Close()
		if t.Failed() {
			t.Fatalf("round %d, killed after %s", n, delay)
		}
	}
	t.Logf("%d kills left the old state, %d the new one", old, finished)
}

// testKillUndo does the same to an undo: what is left is the round or the one before it, and the undo can be done again.
func testKillUndo(t *testing.T, s Suite) {
	const usual = 8
	address := s.New(t)
	store := open(t, s, address)
	apply(t, store, round(0))
	first := apply(t, store, round(1))
	started := time.Now()
	undo(t, store, first.Change)
	took := time.Since(started)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, an undo takes %s", seed, took)
	random := rand.New(rand.NewPCG(seed, 0))
	old, finished := 0, 0
	rounds := kills(t, usual)
	for n := range rounds {
		applied := apply(t, store, round(1))
		delay := moment(random, n, rounds, took)
		killChild(t, address, delay, childRound+"=1", childUndo+"="+strconv.FormatInt(applied.Change, 10))

		left := open(t, s, address)
		left1 := snapshot(t, left, far)
		if left1.Version == applied.Version {
			old++
			checkMarks(t, left1, 1)
			undo(t, left, applied.Change)
		} else {
			finished++
		}
		checkMarks(t, snapshot(t, left, far), 0)
		left.Close()
		if t.Failed() {
			t.Fatalf("undo %d, killed after %s", n, delay)
		}
	}
	t.Logf("%d kills left the change, %d its undo", old, finished)
}

// killChild starts this test binary as a child that does what its environment says and kills it some time after it began.
func killChild(t *testing.T, address string, delay time.Duration, does ...string) {
	t.Helper()
	root, _, _ := strings.Cut(t.Name(), "/")
	cmd := exec.Command(os.Args[0], "-test.run=^"+root+"$", "-test.count=1")
	cmd.Env = append(append(os.Environ(), childAddress+"="+address), does...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	began := false
	for !began && lines.Scan() {
		began = lines.Text() == "applying"
	}
	if !began {
		cmd.Process.Kill()
		cmd.Wait()
		t.Fatalf("%s: the child did not begin", does)
	}
	time.Sleep(delay)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // its error is the kill
}

// checkMarks checks that a snapshot shows one round in every row that rounds write.
func checkMarks(t *testing.T, snap *parcels.Snapshot, n int) {
	t.Helper()
	for i := range killParcels {
		p, b, f := snap.Parcel(parcelCode(i)), snap.Building(buildingID(i)), snap.FiguresOf(creditCode(i), 2020)
		if p == nil || b == nil || f == nil {
			t.Fatalf("round %d: rows of parcel %d are lost", n, i)
		}
		if rd, _ := f.RDWan.Get(); p.Address != mark(n) || b.Name != mark(n) || rd != parcels.Wan(n) {
			t.Fatalf("round %d: parcel %d shows %q, its building %q, its figures %d", n, i, p.Address, b.Name, rd)
		}
	}
	if want := killParcels + (n+1)*10; len(snap.Parcels) != want {
		t.Fatalf("round %d: %d parcels, want %d", n, len(snap.Parcels), want)
	}
}
