package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"muchan/parcels/postgis/pgtest"
)

// tempDir outlives single tests: the shared demo lives in it.
var tempDir string

func TestMain(m *testing.M) {
	var err error
	if tempDir, err = os.MkdirTemp("", "muchan-test-"); err != nil {
		panic(err)
	}
	code := pgtest.Main(m)
	if demoService != nil {
		demoService.stop()
		<-demoService.done
	}
	os.RemoveAll(tempDir)
	os.Exit(code)
}

// buffer collects a running program's output.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// muchan runs one command line to its end and returns exit code and output.
func muchan(t testing.TB, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs buffer
	p := &program{stdout: &out, stderr: &errs, getenv: func(string) string { return "" }, now: time.Now}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	code = p.run(ctx, args)
	return code, out.String(), errs.String()
}

// must runs a command line that has to succeed and returns its output.
func must(t testing.TB, args ...string) string {
	t.Helper()
	code, stdout, stderr := muchan(t, args...)
	if code != exitDone {
		t.Fatalf("muchan %s: exit %d\n%s%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return stdout
}

// service is a program that serves in the background of a test.
type service struct {
	URL    string
	Tokens map[string]string // by role
	out    *buffer
	stop   context.CancelFunc
	done   chan int
}

var (
	pageLine  = regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/`)
	tokenLine = regexp.MustCompile(`(?m)^\s*(viewer|analyst|admin)\s+(\S+)$`)
)

// serve starts a command line that serves and stops it with the test.
func serve(t testing.TB, args ...string) *service {
	t.Helper()
	s := start(t, args...)
	t.Cleanup(func() { s.Stop(t) })
	return s
}

// start starts a command line that serves and waits until it says where.
func start(t testing.TB, args ...string) *service {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &service{out: &buffer{}, stop: cancel, done: make(chan int, 1), Tokens: map[string]string{}}
	p := &program{stdout: s.out, stderr: s.out, getenv: func(string) string { return "" }, now: time.Now}
	go func() { s.done <- p.run(ctx, args) }()
	deadline := time.Now().Add(60 * time.Second)
	for !strings.Contains(s.out.String(), "Ctrl-C") {
		select {
		case code := <-s.done:
			t.Fatalf("muchan %s ended with %d\n%s", strings.Join(args, " "), code, s.out)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("muchan %s does not say where it serves\n%s", strings.Join(args, " "), s.out)
		}
	}
	s.URL = pageLine.FindStringSubmatch(s.out.String())[1]
	for _, m := range tokenLine.FindAllStringSubmatch(s.out.String(), -1) {
		s.Tokens[m[1]] = m[2]
	}
	return s
}

// Stop ends the program as Ctrl-C does and checks that it ends cleanly.
func (s *service) Stop(t testing.TB) {
	t.Helper()
	if s.stop == nil {
		return
	}
	s.stop()
	s.stop = nil
	select {
	case code := <-s.done:
		if code != exitDone {
			t.Errorf("exit %d after a stop\n%s", code, s.out)
		}
	case <-time.After(20 * time.Second):
		t.Errorf("does not stop\n%s", s.out)
	}
}

// Get fetches a path as a role ("" for the public) and returns the status and body.
func (s *service) Get(t testing.TB, role, path string) (int, http.Header, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if role != "" {
		req.Header.Set("Authorization", "Bearer "+s.Tokens[role])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, body
}

// GetJSON fetches a path that has to answer 200 and decodes it.
func (s *service) GetJSON(t testing.TB, role, path string, into any) {
	t.Helper()
	status, _, body := s.Get(t, role, path)
	if status != http.StatusOK {
		t.Fatalf("GET %s as %q: %d %s", path, role, status, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatalf("GET %s: %v in %.200s", path, err, body)
	}
}

var (
	demoOnce    sync.Once
	demoService *service
	demoData    string
)

// demo returns the one demo service that this package's tests share, and its data directory.
func demo(t testing.TB) (*service, string) {
	t.Helper()
	demoOnce.Do(func() {
		demoData = filepath.Join(tempDir, "data")
		demoService = start(t, "demo", "--data", demoData, "--listen", "127.0.0.1:0")
	})
	if demoService == nil {
		t.Fatal("the demo did not start; see the first test that needed it")
	}
	return demoService, demoData
}
