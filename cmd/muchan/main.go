// Command muchan computes and serves the land efficiency (亩产) of a development zone. It is the only place where the rooms are
// joined: stores, rules and seeds are chosen here and handed to the rooms that use them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Exit codes: done, refused or failed, wrong use.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// program is the command line as a value, so that a test can run it with its own streams, environment and clock.
type program struct {
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	settings       settings
}

// usageError marks an error the user made on the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// run executes one command line and returns its exit code.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintf(p.stderr, "muchan: %v\nsee `muchan help`\n", err)
		return exitUsage
	case errors.Is(err, errSaid):
		return exitFailed
	}
	fmt.Fprintf(p.stderr, "muchan: %v\n", err)
	return exitFailed
}

// errSaid ends a command that has already told the user what is wrong.
var errSaid = errors.New("refused")
