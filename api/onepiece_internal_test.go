package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// chunks remembers what is written, each call for itself, and fails from the call on that failFrom names.
type chunks struct {
	written  []string
	failFrom int
}

var errHungUp = errors.New("hung up")

func (c *chunks) Write(p []byte) (int, error) {
	if c.failFrom > 0 && len(c.written) >= c.failFrom-1 {
		return 0, errHungUp
	}
	c.written = append(c.written, string(p))
	return len(p), nil
}

// The first piece waits for the rest, whatever the buffer that it stood in holds by then; what comes without notice goes out at once.
func TestFirstPieceWaitsForTheRest(t *testing.T) {
	var out chunks
	c := &onePiece{out: &out}
	write := func(text string, want ...string) {
		t.Helper()
		p := []byte(text)
		if n, err := c.Write(p); n != len(text) || err != nil {
			t.Fatalf("%q: %d, %v", text, n, err)
		}
		copy(p, "overwritten")
		if !slices.Equal(out.written, want) {
			t.Fatalf("after %q: %q, want %q", text, out.written, want)
		}
	}
	write("a", "a")
	for range 2 {
		out.written = nil
		c.waits = true
		write("head and some")
		write("the rest", "head and some", "the rest")
		write("more", "head and some", "the rest", "more")
	}
}

func TestOnePieceReportsWhoHungUp(t *testing.T) {
	for failFrom, passed := range map[int]int{1: 0, 2: 1} {
		out := chunks{failFrom: failFrom}
		c := &onePiece{out: &out, waits: true}
		if n, err := c.Write([]byte("head")); n != 4 || err != nil {
			t.Errorf("head: %d, %v", n, err)
		}
		if n, err := c.Write([]byte("rest")); n != 0 || !errors.Is(err, errHungUp) || len(out.written) != passed {
			t.Errorf("rest: %d, %v, %q", n, err, out.written)
		}
	}
}

// answersTo sends requests down one connection, all at once, and returns every byte that comes back but the dates.
func answersTo(t *testing.T, server *http.Server, listener func(net.Listener) net.Listener, requests string) []byte {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() { _ = server.Serve(listener(l)) }() // until it is closed
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go func() { _, _ = io.WriteString(conn, requests) }() // whether they arrived is seen by the answers
	got, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`Date: [^\r]*`).ReplaceAll(got, nil)
}

// Whatever their size, answers sent in one piece are, to the byte, what net/http sends without: alone, many on one connection, without a
// body, to old clients, and beside answers that give no notice.
func TestOnePieceSendsTheSameBytes(t *testing.T) {
	handler := func(notice func(*http.Request, int)) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
			body := bytes.Repeat([]byte("0123456789abcdef"), n/16+1)[:n]
			w.Header().Set("Content-Length", strconv.Itoa(n))
			if r.Method == http.MethodHead {
				return
			}
			if r.URL.RawQuery != "apart" {
				notice(r, n)
			}
			_, _ = w.Write(body)
		})
	}
	var requests strings.Builder
	sizes := []int{0, 1, 2047, 2048, 2049, 16 << 10, 100_000, 1 << 20, 5 << 20}
	for n := firstPiece - 150; n < firstPiece+10; n++ {
		sizes = append(sizes, n, n+firstPiece)
	}
	for _, n := range sizes {
		fmt.Fprintf(&requests, "GET /%d HTTP/1.1\r\nHost: a\r\n\r\nHEAD /%d HTTP/1.1\r\nHost: a\r\n\r\nGET /%d?apart HTTP/1.1\r\nHost: a\r\n\r\n", n, n, n)
	}
	for _, last := range []string{"GET /9000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /9000 HTTP/1.0\r\n\r\n", "GET /9000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /1 HTTP/1.0\r\n\r\n"} {
		all := requests.String() + last
		apart := answersTo(t, &http.Server{Handler: handler(func(*http.Request, int) {})}, func(l net.Listener) net.Listener { return l }, all)
		var joined atomic.Int64
		together := answersTo(t, &http.Server{ConnContext: withPieces, Handler: handler(func(r *http.Request, n int) {
			inOnePiece(r, n)
			if r.Context().Value(pieceKey{}).(*onePiece).waits {
				joined.Add(1)
			}
		})}, func(l net.Listener) net.Listener { return pieceListener{l} }, all)
		if !bytes.Equal(apart, together) || joined.Load() < 100 {
			t.Errorf("%q: %d bytes, want %d; %d answers in one piece", last, len(together), len(apart), joined.Load())
		}
	}
}
