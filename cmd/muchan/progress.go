package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress shows how far long work is: a line that renews itself on a terminal, one line per step elsewhere.
type progress struct {
	out      io.Writer
	terminal bool
	last     time.Time
	now      func() time.Time
}

func (p *program) progress() *progress {
	f, ok := p.stderr.(*os.File)
	return &progress{out: p.stderr, terminal: ok && term.IsTerminal(int(f.Fd())), now: p.now}
}

// count shows n of what so far, at most ten times a second and only on a terminal.
func (g *progress) count(what string, n int) {
	if !g.terminal || g.now().Sub(g.last) < 100*time.Millisecond {
		return
	}
	g.last = g.now()
	fmt.Fprintf(g.out, "\r\033[K%s: %d", what, n)
}

// clear removes the line of count.
func (g *progress) clear() {
	if g.terminal {
		fmt.Fprint(g.out, "\r\033[K")
	}
}

// step says that a step is done.
func (g *progress) step(format string, args ...any) {
	g.clear()
	fmt.Fprintf(g.out, format+"\n", args...)
}
