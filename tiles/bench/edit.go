package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"muchan/api"
	"muchan/api/auth"
	"muchan/parcels"
)

// editZoom is the zoom level of the tiles that readers ask for meanwhile, and of the one that is watched.
const editZoom = 14

// editor writes into a store under a server, and watches for it.
type editor struct {
	*bench
	kept
	server *api.Server
	at     subject
	script string
}

// measureEdits measures how long it takes until a tile shows what was written into the store, while wrk asks for tiles without a pause, and
// what that costs the others: for the shape of a parcel, which everybody sees, and for the figures of a firm and the storeys of a building,
// which only staff see.
func (b *bench) measureEdits(ctx context.Context, s kept, at subject) error {
	cfg, err := configOver(s.store)
	if err != nil {
		return err
	}
	token, err := b.signUp(&cfg)
	if err != nil {
		return err
	}
	script, err := b.writeScript(editZoom)
	if err != nil {
		return err
	}
	return b.withLoaded(ctx, cfg, func(server *api.Server) error {
		return serving(ctx, server.Run, func(url string) error {
			e := editor{b, s, server, at, script}
			public, staff := contender{url: url, gzip: true}, contender{url: url, gzip: true, token: token}
			return e.measure(ctx, public, staff)
		})
	})
}

// signUp gives a server an account of staff, and returns its token.
func (b *bench) signUp(cfg *api.Config) (token string, err error) {
	dir, err := os.MkdirTemp(b.dir, "accounts-")
	if err != nil {
		return "", err
	}
	if cfg.Accounts, err = auth.Open(filepath.Join(dir, "accounts.json"), time.Now); err != nil {
		return "", err
	}
	const name = "bench"
	if err := cfg.Accounts.Add(name, auth.Analyst); err != nil {
		return "", err
	}
	_, token, err = cfg.Accounts.NewToken(name, "edits", time.Now().AddDate(0, 0, 1))
	return token, err
}

func (e *editor) measure(ctx context.Context, public, staff contender) error {
	debug.FreeOSMemory()
	if err := e.tellMemory("started"); err != nil {
		return err
	}
	for _, edit := range []struct {
		what    string
		readers contender
		next    func() parcels.Rows
	}{
		{"a parcel's shape", public, e.at.move},
		{"a firm's figures", staff, e.at.earn},
		{"a building's storeys", staff, e.at.build},
	} {
		if err := e.underLoad(ctx, edit.what, edit.readers, edit.next); err != nil {
			return fmt.Errorf("%s: %w", edit.what, err)
		}
	}
	return e.tellMemory("after the edits")
}

// underLoad edits while readers ask, and compares with what they wait when nobody edits.
func (e *editor) underLoad(ctx context.Context, what string, readers contender, next func() parcels.Rows) error {
	if err := e.fetch(ctx, readers); err != nil { // which fills the cache
		return err
	}
	normal, err := wrk(ctx, readers, e.script, 2*e.each)
	if err != nil {
		return err
	}
	var seen []time.Duration
	var busy measurement
	took := steps{}
	profiled, err := e.profile(e.name + " " + what)
	if err != nil {
		return err
	}
	defer profiled()
	group, loaded := errgroup.WithContext(ctx)
	length := time.Duration(4*e.rounds) * e.each
	group.Go(func() (err error) {
		busy, err = wrk(loaded, readers, e.script, length)
		return err
	})
	group.Go(func() (err error) {
		seen, err = e.edit(loaded, length-e.each, readers, next, func() { took.note(e.server) })
		return err
	})
	if err := group.Wait(); err != nil {
		return err
	}
	slices.Sort(seen)
	e.step("%s, %s: %d edits, each in its tile after %v (median; longest %v); tiles/s %.0f and p99 %v without edits, %.0f and %v with; none failed",
		e.name, what, len(seen), seen[len(seen)/2].Round(time.Millisecond), seen[len(seen)-1].Round(time.Millisecond),
		normal.perSecond, normal.p99, busy.perSecond, busy.p99)
	e.step("%s, %s: of these, median of each step: %v", e.name, what, took)
	return nil
}

// tellMemory tells what the process and the image of the parcels take.
func (e *editor) tellMemory(when string) error {
	m, err := memory()
	e.step("%s, %s: the process takes %d MB; bytes a parcel: %s", e.name, when, m, imageBytes(e.server, e.parcels))
	return err
}

// edit writes again and again, and waits each time until the tile in which it shows is another one.
func (e *editor) edit(ctx context.Context, long time.Duration, readers contender, next func() parcels.Rows, after func()) (seen []time.Duration, err error) {
	address := path(tileOf(editZoom, e.at.parcel.Shape.Bound().Center()))
	tag, err := readers.tagOf(ctx, address)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(long); len(seen) == 0 || time.Now().Before(until); {
		begun := time.Now()
		if _, err := e.store.Apply(ctx, parcels.Change{Who: "bench", Why: "an edit", When: begun, Rows: next()}); err != nil {
			return nil, err
		}
		if tag, err = readers.awaitOther(ctx, address, tag); err != nil {
			return nil, err
		}
		seen = append(seen, time.Since(begun))
		after()
		time.Sleep(time.Second)
	}
	return seen, nil
}

// awaitOther asks for a tile until it is another one.
func (c contender) awaitOther(ctx context.Context, address, tag string) (string, error) {
	for {
		next, err := c.tagOf(ctx, address)
		if err != nil || next != tag {
			return next, err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (c contender) tagOf(ctx context.Context, address string) (string, error) {
	res, err := c.ask(ctx, http.MethodHead, address)
	if err != nil {
		return "", err
	}
	res.Body.Close()
	if tag := res.Header.Get("ETag"); res.StatusCode == http.StatusOK && strings.HasPrefix(tag, `"`) {
		return tag, nil
	}
	return "", fmt.Errorf("%s: %s", address, res.Status)
}
