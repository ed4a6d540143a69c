package storetest

import (
	"bytes"
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
	childMatter = "MUCHAN_STORETEST_MATTER" // the year whose run the child carries through
	matterKills = 10
)

// manyResults are large enough for a kill to fall into their writing.
var manyResults = bytes.Repeat([]byte(`{"code":"350505001001GB00001","class":"A"},`), 20_000)

// killActsOf is the whole life of a run.
func killActsOf(year string) []parcels.Act {
	list := []parcels.Act{
		act(parcels.MatterRun, year, 1, parcels.ActDraft, "03-01"), act(parcels.MatterRun, year, 2, parcels.ActNotice, "03-02"),
		act(parcels.MatterRun, year, 3, parcels.ActFinalise, "03-08"),
	}
	n, _ := strconv.Atoi(year)
	list[0].Run = &parcels.Run{Year: n, AsOf: day("2026-03-01"), RulesID: "r", RulesHash: "h", Results: manyResults}
	list[1].Until = day("2026-03-07")
	return list
}

// recordAsChild carries a run through from where it stands and says after each act that it is recorded.
func recordAsChild(t *testing.T, s Suite, address string) {
	store, err := s.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("applying")
	for _, a := range killActsOf(os.Getenv(childMatter)) {
		if err := store.Record(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		fmt.Println("recorded", a.Seq)
	}
	store.Close()
}

// testKillActs kills a process that carries a run through: what it said is recorded is there, acts are whole and in order, and the
// run is published when its last act is recorded and not before.
func testKillActs(t *testing.T, s Suite) {
	address := s.New(t)
	store := open(t, s, address)
	started := time.Now()
	for _, a := range killActsOf("2000") {
		record(t, store, a)
	}
	took := time.Since(started)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, a run takes %s", seed, took)
	random := rand.New(rand.NewPCG(seed, 0))
	var left [4]int
	rounds := kills(t, matterKills)
	for n := range rounds {
		year := strconv.Itoa(2001 + n)
		said := killRecorder(t, address, year, moment(random, n, rounds, took))
		after := open(t, s, address)
		kept := checkKilled(t, after, year, said)
		after.Close() // many stores would hold many connections
		left[kept]++
		for _, a := range killActsOf(year)[kept:] {
			record(t, store, a)
		}
		checkKilled(t, store, year, 3)
	}
	t.Logf("kills left 0 to 3 acts: %v", left)
}

// killRecorder starts the child, kills it after a while, and returns how many acts it said were recorded.
func killRecorder(t *testing.T, address, year string, delay time.Duration) int {
	t.Helper()
	root, _, _ := strings.Cut(t.Name(), "/")
	cmd := exec.Command(os.Args[0], "-test.run=^"+root+"$", "-test.count=1")
	cmd.Env = append(os.Environ(), childAddress+"="+address, childMatter+"="+year)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	began := make(chan struct{})
	read := make(chan struct{})
	go func() {
		defer close(read)
		buf := make([]byte, 256)
		waiting := true
		for {
			n, err := out.Read(buf)
			said.Write(buf[:n])
			if waiting && bytes.Contains(said.Bytes(), []byte("applying")) {
				waiting = false
				close(began)
			}
			if err != nil {
				return
			}
		}
	}()
	select {
	case <-began:
	case <-read:
		t.Fatalf("the child did not begin: %s", said.Bytes())
	}
	time.Sleep(delay)
	cmd.Process.Kill()
	<-read
	cmd.Wait() // its error is the kill
	return bytes.Count(said.Bytes(), []byte("recorded"))
}

// checkKilled checks what is kept of a year's run and returns how many acts that is.
func checkKilled(t *testing.T, store parcels.Store, year string, said int) int {
	t.Helper()
	list, err := store.Matters(context.Background(), parcels.MatterQuery{Subject: year, Results: true})
	if err != nil || len(list) > 1 {
		t.Fatalf("%d matters of %s, %v", len(list), year, err)
	}
	var acts []parcels.Act
	if len(list) == 1 {
		acts = list[0].Acts
	}
	if len(acts) < said {
		t.Fatalf("%s: %d acts are kept, %d were said to be", year, len(acts), said)
	}
	if len(acts) > 0 && !bytes.Equal(acts[0].Run.Results, manyResults) {
		t.Fatalf("%s: the draft is not whole", year)
	}
	runs, err := store.Runs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	published := false
	for _, r := range runs {
		if r.ID == year+"-1" {
			published = bytes.Equal(r.Results, manyResults)
		}
	}
	if published != (len(acts) == 3) {
		t.Fatalf("%s: %d acts are kept, published: %t", year, len(acts), published)
	}
	return len(acts)
}
