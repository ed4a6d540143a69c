package api

import (
	"context"
	"io"
	"net"
	"net/http"
)

// onePiece is a connection that can keep the first piece of an answer until the rest comes, and send both in one call of the system. net/http
// writes what its buffer of 4 kB holds, the head and the body's beginning, and then the rest: apart they wake the reader twice. Together a
// kept tile of 28 kB takes a fifth less of everybody's time. The first piece stays with the connection, 4 kB more than net/http's two buffers.
type onePiece struct {
	*net.TCPConn
	out   io.Writer // TCPConn; tests count what it is given
	body  int       // bytes of a body that is about to be written; 0 for none
	first []byte    // of an answer whose rest is to come
	both  [2][]byte
	queue net.Buffers // of both
}

// Write sends p, or keeps it when it is the first piece of the body that was announced: what is shorter than the body cannot hold all of it, so
// that a rest is certain to come, whatever net/http gathers.
func (c *onePiece) Write(p []byte) (int, error) {
	isFirst := len(p) < c.body
	c.body = 0
	if isFirst {
		c.first = append(c.first[:0], p...)
		return len(p), nil
	}
	if len(c.first) == 0 {
		return c.out.Write(p)
	}
	kept := len(c.first)
	c.both = [2][]byte{c.first, p}
	c.queue = c.both[:]
	n, err := c.queue.WriteTo(c.out)
	c.first = c.first[:0]
	return max(int(n)-kept, 0), err
}

// pieceListener makes its connections ones that send in one piece.
type pieceListener struct{ net.Listener }

// Accept waits for the next connection.
func (l pieceListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if tcp, ok := conn.(*net.TCPConn); ok {
		return &onePiece{TCPConn: tcp, out: tcp}, err
	}
	return conn, err
}

type pieceKey struct{}

// withPieces lets the requests of a connection find it.
func withPieces(ctx context.Context, conn net.Conn) context.Context {
	if c, ok := conn.(*onePiece); ok {
		return context.WithValue(ctx, pieceKey{}, c)
	}
	return ctx
}

// writeInOnePiece writes the whole body of an answer, as w.Write does. It must be the answer to r of which nothing was written yet, with a
// Content-Length.
func writeInOnePiece(w http.ResponseWriter, r *http.Request, body []byte) (int, error) {
	c, ok := r.Context().Value(pieceKey{}).(*onePiece)
	if !ok {
		return w.Write(body)
	}
	c.body = len(body)
	n, err := w.Write(body)
	c.body = 0 // of an answer to HEAD, and one so small that it goes out with its head, no piece is to be kept
	return n, err
}
