package main

import (
	"context"
	"io"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/api"
)

// measureStart measures how long a server takes to be ready, beside the database's own way to hand out the same rows, and what memory the
// process then has.
func (b *bench) measureStart(ctx context.Context, s kept) error {
	for range b.rounds {
		copied := time.Duration(0)
		if s.url != "" {
			var err error
			if copied, err = copyOut(ctx, s.url); err != nil {
				return err
			}
			b.step("PostGIS: binary COPY of all rows %v", copied.Round(time.Millisecond))
		}
		profiled, err := b.profile(s.name + " read")
		if err != nil {
			return err
		}
		begun := time.Now()
		if _, err := s.store.Snapshot(ctx, asOf); err != nil {
			return err
		}
		read := time.Since(begun)
		profiled()
		debug.FreeOSMemory()
		cfg, err := configOver(s.store)
		if err != nil {
			return err
		}
		if profiled, err = b.profile(s.name + " ready"); err != nil {
			return err
		}
		begun = time.Now()
		err = b.withLoaded(ctx, cfg, func(server *api.Server) error {
			defer runtime.KeepAlive(server)
			ready := time.Since(begun)
			profiled()
			debug.FreeOSMemory()
			m, err := memory()
			b.step("%s: read in %v, ready in %v, %d MB", s.name, read.Round(time.Millisecond), ready.Round(time.Millisecond), m)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tables are those that a snapshot is made of.
var tables = []string{"parks", "zones", "parcels", "buildings", "firms", "occupancies", "figures", "events", "targets", "target_values"}

// copyOut has PostgreSQL send the tables' rows in binary, and drops them.
func copyOut(ctx context.Context, url string) (time.Duration, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	begun := time.Now()
	for _, table := range tables {
		name := pgx.Identifier{"muchan", table}.Sanitize()
		if _, err := conn.PgConn().CopyTo(ctx, io.Discard, "COPY "+name+" TO STDOUT (FORMAT binary)"); err != nil {
			return 0, err
		}
	}
	return time.Since(begun), nil
}
