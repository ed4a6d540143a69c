package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"muchan/api"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

type metaAnswer struct {
	Year     int
	AsOf     string `json:"as_of"`
	Snapshot struct {
		Version int64
		Stale   bool
	}
}

func (w *world) meta(t testing.TB) metaAnswer {
	t.Helper()
	var m metaAnswer
	if err := json.Unmarshal(w.get("public", "/api/v1/meta").Body.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// run serves on a free port until stop is called; stop returns what Run returned.
func (w *world) run(t testing.TB) (address string, stop func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.server.Run(ctx, listener) }()
	var once sync.Once
	var result error
	stop = func() error {
		once.Do(func() { cancel(); result = <-done })
		return result
	}
	t.Cleanup(func() { must(t, stop()) })
	return "http://" + listener.Addr().String(), stop
}

func TestLiveFollowsTheStore(t *testing.T) {
	w := newWorld(t, worldA)
	w.run(t)
	begun := time.Now()
	w.store.Change()
	eventually(t, "version 8", func() bool { return w.meta(t).Snapshot.Version == 8 })
	if took := time.Since(begun); took > time.Second {
		t.Errorf("a change took %v to be served", took)
	}
}

// Who sees the same of a layer has one image of it, and who sees more has his own.
func TestAudiencesShareImages(t *testing.T) {
	w := newWorld(t, worldA)
	for reloads := range 2 {
		for layer, share := range map[string]bool{layers.Buildings: true, layers.Zones: true, layers.Parcels: false} {
			if w.server.ShareImage(layer, layers.Viewer, layers.Analyst) != share {
				t.Errorf("after %d reloads viewer and analyst share the image of %s: %v", reloads, layer, !share)
			}
		}
		w.reload(t)
	}
}

func TestLiveStaysWhenTheStoreBreaks(t *testing.T) {
	w := newWorld(t, worldA)
	w.run(t)
	w.store.Break(true)
	w.store.Change()
	eventually(t, "stale", func() bool { return w.meta(t).Snapshot.Stale })
	rec := w.get("analyst", "/api/v1/scores?year=2023")
	if rec.Code != http.StatusOK || rec.Header().Get("Muchan-Stale") != noon.Format(time.RFC3339) {
		t.Errorf("while the store is away: %d %v", rec.Code, rec.Header())
	}
	if w.meta(t).Snapshot.Version != 7 {
		t.Error("the image is not the old one")
	}
	w.store.Break(false)
	eventually(t, "fresh again", func() bool { m := w.meta(t); return !m.Snapshot.Stale && m.Snapshot.Version == 8 })
	if got := w.get("public", "/api/v1/meta").Header().Get("Muchan-Stale"); got != "" {
		t.Errorf("still marked stale: %s", got)
	}
}

func TestLiveStaysWhenARebuildFails(t *testing.T) {
	w := newWorld(t, worldA)
	w.run(t)
	w.store.mu.Lock()
	w.store.damaged = true
	w.store.mu.Unlock()
	w.store.Change()
	eventually(t, "stale", func() bool { return w.meta(t).Snapshot.Stale })
	if got := w.get("public", "/tiles/parcels/"+tileOfFirst); got.Code != http.StatusOK || got.Header().Get("Muchan-Stale") == "" {
		t.Errorf("%d %v", got.Code, got.Header())
	}
}

func TestLiveMovesAtMidnight(t *testing.T) {
	w := newWorld(t, worldA)
	w.clock.Move(12*time.Hour - 500*time.Millisecond) // 23:59:59.5 in Shanghai
	w.run(t)
	time.Sleep(600 * time.Millisecond)
	if got := w.meta(t).AsOf; got != "2026-11-22" {
		t.Errorf("before midnight: %s", got)
	}
	w.clock.Move(time.Second)
	eventually(t, "the next day", func() bool { return w.meta(t).AsOf == "2026-11-23" })
}

func TestNotReadyBeforeTheFirstImage(t *testing.T) {
	w := newWorld(t, worldA)
	fresh, err := api.New(w.server.Config)
	must(t, err)
	w.handler = fresh.Handler()
	for target, want := range map[string]int{"/livez": 200, "/readyz": 503, "/api/v1/meta": 503, "/ogc/collections": 503, "/tiles/parcels/" + tileOfFirst: 503, "/": 200, "/api/v1/session": 200} {
		rec := w.get("public", target)
		if rec.Code != want || want == 503 && rec.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %v", target, rec.Code, rec.Header())
		}
	}
}

// Other years are scored ahead of readers; a change ends that, and the next state has its own.
func TestLiveScoresOtherYearsUntilAChange(t *testing.T) {
	var ahead [9]atomic.Int32 // other years scored, by version
	begun, goOn := make(chan struct{}), make(chan struct{})
	w := newWorld(t, worldA, func(cfg *api.Config) {
		cfg.Score = func(in scoring.Input) (*scoring.Scores, error) {
			if in.Year != 2025 && ahead[in.Snapshot.Version].Add(1) == 1 && in.Snapshot.Version == 7 {
				close(begun)
				<-goOn
			}
			return scoring.Run(in)
		}
	})
	w.server.RestFor(time.Millisecond)
	w.run(t)
	<-begun
	w.store.Change()
	eventually(t, "version 8 beside the history of 7", func() bool { return w.meta(t).Snapshot.Version == 8 })
	close(goOn)
	eventually(t, "the history of 8", func() bool { return ahead[8].Load() == 2 })
	if n := ahead[7].Load(); n != 1 {
		t.Errorf("%d years were scored for a state that was over", n)
	}
}

// TestLiveYearsAreBuiltOnce: many readers of a year nobody asked for yet wait for one build.
func TestLiveYearsAreBuiltOnce(t *testing.T) {
	var runs atomic.Int32
	w := newWorld(t, worldA, func(cfg *api.Config) {
		cfg.Score = func(in scoring.Input) (*scoring.Scores, error) {
			if in.Year == 2024 {
				runs.Add(1)
				time.Sleep(50 * time.Millisecond)
			}
			return scoring.Run(in)
		}
	})
	var group sync.WaitGroup
	for range 40 {
		group.Go(func() {
			if got := w.get("viewer", "/api/v1/summary?year=2024").Code; got != http.StatusOK {
				t.Errorf("%d", got)
			}
		})
	}
	group.Wait()
	if got := runs.Load(); got != 1 {
		t.Errorf("2024 was scored %d times", got)
	}
	reads := w.store.reads
	for _, target := range []string{"/api/v1/summary?year=2023", "/api/v1/parcels/" + parcelCode(3), "/api/v1/exit-candidates?year=2024", "/api/v1/rules", "/api/v1/targets"} {
		if got := w.get("admin", target).Code; got != http.StatusOK {
			t.Errorf("%s: %d", target, got)
		}
	}
	if w.store.reads != reads {
		t.Error("a read asked the store")
	}
}

// TestLiveSwapUnderLoad swaps images while readers compare what one answer says in two places.
func TestLiveSwapUnderLoad(t *testing.T) {
	w := newWorld(t, worldA)
	w.run(t)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				target := []string{"/api/v1/meta", "/api/v1/summary?year=2023", "/tiles/parcels/" + tileOfFirst, "/api/v1/parcels/" + parcelCode(n%parcelCount), parcelItems}[(i+n)%5]
				if rec := w.get("analyst", target); rec.Code != http.StatusOK {
					t.Errorf("%s: %d %s", target, rec.Code, rec.Body)
				}
			}
		})
	}
	for range 20 {
		w.store.Change()
		time.Sleep(20 * time.Millisecond)
	}
	close(stop)
	group.Wait()
	eventually(t, "the last version", func() bool { return w.meta(t).Snapshot.Version == 27 })
}

// TestStopFinishesRequestsInFlight: a stop says not ready first, and what was begun is answered whole.
func TestStopFinishesRequestsInFlight(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	w := newWorld(t, worldA, func(cfg *api.Config) {
		cfg.Score = func(in scoring.Input) (*scoring.Scores, error) {
			if in.Year == 2023 {
				begun <- struct{}{}
				<-release
			}
			return scoring.Run(in)
		}
	})
	address, stop := w.run(t)
	type result struct {
		status int
		size   int
		err    error
	}
	answered := make(chan result, 1)
	go func() {
		req, _ := http.NewRequest(http.MethodGet, address+"/api/v1/summary?year=2023", nil)
		req.Header.Set("Authorization", "Bearer "+w.tokens["viewer"])
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			answered <- result{err: err}
			return
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		answered <- result{resp.StatusCode, len(body), err}
	}()
	<-begun // the history that is made ahead of readers
	<-begun // the image of the request
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	eventually(t, "not ready", func() bool { return w.get("public", "/readyz").Code == http.StatusServiceUnavailable })
	select {
	case <-stopped:
		t.Fatal("stopped with a request in flight")
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	if r := <-answered; r.err != nil || r.status != http.StatusOK || r.size == 0 {
		t.Errorf("the request in flight: %+v", r)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if _, err := http.Get(address + "/livez"); err == nil {
		t.Error("still listening")
	}
}

// TestStopLeavesNoGoroutine runs a server through its life.
func TestStopLeavesNoGoroutine(t *testing.T) {
	before := goleak.IgnoreCurrent()
	w := newWorld(t, worldA)
	address, stop := w.run(t)
	resp, err := http.Get(address + "/livez")
	must(t, err)
	resp.Body.Close()
	must(t, stop())
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

func TestPanicIsAnsweredAndLogged(t *testing.T) {
	w := newWorld(t, worldA, func(cfg *api.Config) {
		cfg.Score = func(in scoring.Input) (*scoring.Scores, error) {
			if in.Year == 2023 {
				panic("SELECT secret FROM /var/lib")
			}
			return scoring.Run(in)
		}
	})
	rec := w.get("viewer", "/api/v1/summary?year=2023")
	if rec.Code != http.StatusInternalServerError || leaky.MatchString(rec.Body.String()) {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if id := strings.TrimPrefix(instance(t, rec), "urn:muchan:request:"); !strings.Contains(w.log.String(), id) {
		t.Error("the request number is not in the log")
	}
}

var _ api.Source = parcels.Store(nil)

// A tile reaches its reader in one piece, whether it lay ready or was made: whatever is there first, is more than the piece that net/http
// would send by itself. One time alone would prove nothing, as the reader may be late; nor does all of it where there is one processor.
func TestTilesGoInOnePiece(t *testing.T) {
	for timing, anew := range map[string]bool{"kept": false, "made": true} {
		some := worldA
		some.many = 200
		w := newWorld(t, some, func(cfg *api.Config) { cfg.WholeTiles, cfg.TilesAnew = true, anew })
		address, _ := w.run(t)
		target := "/tiles/parcels/" + tileAround(10)
		if size := w.get("public", target).Body.Len(); size < 6<<10 || size > 30<<10 {
			t.Fatalf("a tile of %d bytes proves nothing", size)
		}
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		must(t, err)
		defer conn.Close()
		must(t, conn.SetDeadline(time.Now().Add(time.Minute)))
		for range 100 {
			_, err := io.WriteString(conn, "GET "+target+" HTTP/1.1\r\nHost: muchan.test\r\n\r\n")
			must(t, err)
			buffer := make([]byte, 64<<10)
			n, err := conn.Read(buffer)
			must(t, err)
			in := bufio.NewReader(io.MultiReader(bytes.NewReader(buffer[:n]), conn))
			answer, err := http.ReadResponse(in, nil)
			must(t, err)
			_, err = io.Copy(io.Discard, answer.Body)
			must(t, err)
			if answer.StatusCode != http.StatusOK || answer.Header.Get("Server-Timing") != timing || n <= 4<<10 {
				t.Fatalf("%s: %s, %v, at first %d bytes of %d", timing, answer.Status, answer.Header, n, answer.ContentLength)
			}
		}
	}
}
