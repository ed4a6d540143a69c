package api

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// calls remembers what is written, each call for itself, and fails when so many bytes are.
type calls struct {
	written []string
	room    int // bytes; 0 for no end
}

var errHungUp = errors.New("hung up")

func (c *calls) Write(p []byte) (int, error) {
	if c.room > 0 {
		if len(p) > c.room-1 {
			c.written = append(c.written, string(p[:c.room-1]))
			return c.room - 1, errHungUp
		}
		c.room -= len(p)
	}
	c.written = append(c.written, string(p))
	return len(p), nil
}

// The first piece waits for the rest, whatever the buffer that it stood in holds by then; what holds all that was announced, or comes without
// notice, goes out at once.
func TestFirstPieceWaitsForTheRest(t *testing.T) {
	var out calls
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
		c.body = 14
		write("head and some")
		write("the rest", "head and some", "the rest")
		write("more", "head and some", "the rest", "more")
		c.body = 14
		write("head and a body", "head and some", "the rest", "more", "head and a body")
	}
}

// What the reader has when he hangs up is told of the piece that was written then, and never more.
func TestOnePieceReportsWhoHungUp(t *testing.T) {
	for room, want := range map[int]int{1: 0, 3: 0, 5: 0, 6: 1, 8: 3} {
		out := calls{room: room}
		c := &onePiece{out: &out, body: 5}
		if n, err := c.Write([]byte("head")); n != 4 || err != nil {
			t.Errorf("head: %d, %v", n, err)
		}
		if n, err := c.Write([]byte("rest")); n != want || !errors.Is(err, errHungUp) || len(strings.Join(out.written, "")) != room-1 {
			t.Errorf("room for %d bytes: %d, %v, %q", room-1, n, err, out.written)
		}
	}
}

// served runs a handler that sends so many bytes as the path says, in one piece or as net/http does, and returns a connection to it. kept tells
// that a first piece was kept.
func served(t *testing.T, network string, together bool, kept *atomic.Bool) net.Conn {
	t.Helper()
	address := "127.0.0.1:0"
	if network == "unix" {
		address = filepath.Join(t.TempDir(), "s")
	}
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		body := bytes.Repeat([]byte("0123456789abcdef"), n/16+1)[:n]
		w.Header().Set("Content-Length", strconv.Itoa(n))
		if !together || r.URL.RawQuery == "apart" {
			_, _ = w.Write(body)
		} else {
			_, _ = writeInOnePiece(w, r, body)
			if c, ok := r.Context().Value(pieceKey{}).(*onePiece); ok && cap(c.first) > 0 {
				kept.Store(true)
			}
		}
		if r.URL.RawQuery == "dies" {
			panic(http.ErrAbortHandler)
		}
	})}
	t.Cleanup(func() { server.Close() })
	address = l.Addr().String()
	if together {
		server.ConnContext = withPieces
		l = pieceListener{l}
	}
	go func() { _ = server.Serve(l) }() // until it is closed
	conn, err := net.Dial(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// piecewise are sizes of bodies around which something changes.
func piecewise() []int {
	sizes := []int{0, 1, 100, 2047, 2048, 2049, 16 << 10, 200_000}
	for n := 4096 - 150; n < 4096+10; n++ {
		sizes = append(sizes, n, n+4096)
	}
	return sizes
}

// Whatever their size, answers sent in one piece are, to the byte, what net/http sends without: many on one connection, without a body, to
// old clients, beside answers that give no notice, when the handler dies, and where connections are none of TCP.
func TestOnePieceSendsTheSameBytes(t *testing.T) {
	var requests strings.Builder
	for _, n := range piecewise() {
		fmt.Fprintf(&requests, "GET /%d HTTP/1.1\r\nHost: a\r\n\r\nHEAD /%d HTTP/1.1\r\nHost: a\r\n\r\nGET /%d?apart HTTP/1.1\r\nHost: a\r\n\r\n", n, n, n)
	}
	answers := func(network string, together bool, last string, kept *atomic.Bool) []byte {
		conn := served(t, network, together, kept)
		go func() { _, _ = io.WriteString(conn, requests.String()+last) }() // whether they arrive is seen by the answers
		got, err := io.ReadAll(conn)
		if err != nil {
			t.Fatal(err)
		}
		return regexp.MustCompile(`Date: [^\r]*`).ReplaceAll(got, nil)
	}
	for _, last := range []string{
		"GET /9000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /9000 HTTP/1.0\r\n\r\n", "GET /9000?dies HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /9000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /1 HTTP/1.0\r\n\r\n",
	} {
		for _, network := range []string{"tcp", "unix"} {
			var kept atomic.Bool
			apart, together := answers(network, false, last, &kept), answers(network, true, last, &kept)
			if !bytes.Equal(apart, together) || kept.Load() != (network == "tcp") {
				t.Errorf("%s, %q: %d bytes, want %d; a piece was kept: %v", network, last, len(together), len(apart), kept.Load())
			}
		}
	}
}

// Nobody waits for a piece that waits for another: each answer is there before the next is asked for.
func TestOnePieceKeepsNothingBack(t *testing.T) {
	conn := served(t, "tcp", true, new(atomic.Bool))
	in := bufio.NewReader(conn)
	for _, n := range piecewise() {
		for method, want := range map[string]int{http.MethodGet: n, http.MethodHead: 0} {
			if _, err := fmt.Fprintf(conn, "%s /%d HTTP/1.1\r\nHost: a\r\n\r\n", method, n); err != nil {
				t.Fatal(err)
			}
			answer, err := http.ReadResponse(in, &http.Request{Method: method})
			if err != nil {
				t.Fatalf("%s of %d bytes: %v", method, n, err)
			}
			if got, err := io.Copy(io.Discard, answer.Body); int(got) != want || err != nil {
				t.Fatalf("%s of %d bytes: %d, %v", method, n, got, err)
			}
		}
	}
}
