package api

import (
	"context"
	"io"
	"net"
	"net/http"
)

// firstPiece is what net/http gathers before it writes: the head of an answer and what of the body stands beside it.
const firstPiece = 4 << 10

// onePiece is a connection that can keep the first piece of an answer until the rest comes, and send both in one call of the system. Apart
// they wake the reader twice; together a kept tile of 28 kB takes a fifth less of everybody's time.
type onePiece struct {
	*net.TCPConn
	out   io.Writer // TCPConn
	waits bool      // for a first piece
	first []byte    // of an answer whose rest is to come
	both  [2][]byte
}

// Write sends p, or keeps it when it is the first piece.
func (c *onePiece) Write(p []byte) (int, error) {
	if c.waits {
		c.waits = false
		c.first = append(c.first[:0], p...)
		return len(p), nil
	}
	if len(c.first) == 0 {
		return c.out.Write(p)
	}
	kept := len(c.first)
	c.both = [2][]byte{c.first, p}
	pieces := net.Buffers(c.both[:])
	n, err := pieces.WriteTo(c.out)
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

// inOnePiece says that a body of so many bytes is about to be written at once. A body that is no larger than the first piece is left alone: only
// of a larger one is it certain that a rest follows.
func inOnePiece(r *http.Request, bytes int) {
	if bytes < firstPiece {
		return
	}
	if c, ok := r.Context().Value(pieceKey{}).(*onePiece); ok {
		c.waits = true
	}
}
