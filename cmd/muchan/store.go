package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/postgis"
)

// shanghai is the zone of every as-of date. China has had no daylight saving since 1991, so a fixed offset needs no zone files.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// storeFile is the embedded store's GeoPackage inside the data directory.
const storeFile = "muchan.gpkg"

// errNoData says that there is no store yet.
var errNoData = errors.New("there is no data")

// openStore opens PostGIS when a database URL is set, else the GeoPackage in the data directory. It makes none: a command that only
// reads must not leave an empty store behind a misspelt --data.
func (p *program) openStore(ctx context.Context) (parcels.Store, error) {
	file := filepath.Join(p.settings.data, storeFile)
	if _, err := os.Stat(file); p.settings.databaseURL == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w in %s: bring some in with `muchan import`, look at the sample with `muchan demo`, or name another place with --data",
			errNoData, p.settings.data)
	}
	return p.openOrMakeStore(ctx)
}

// openOrMakeStore is openStore for commands that write: it makes the data directory and the GeoPackage when they are missing.
func (p *program) openOrMakeStore(ctx context.Context) (parcels.Store, error) {
	if p.settings.databaseURL != "" {
		return postgis.Open(ctx, p.settings.databaseURL, postgis.Options{ApplicationName: "muchan"})
	}
	if err := p.makeDataDir(); err != nil {
		return nil, err
	}
	return embedded.Open(filepath.Join(p.settings.data, storeFile))
}

// makeDataDir makes the data directory for its owner alone: it holds firms' figures, accounts and the audit log.
func (p *program) makeDataDir() error {
	if err := os.MkdirAll(p.settings.data, 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	return nil
}

// today is the default as-of date.
func (p *program) today() parcels.Date { return parcels.DateIn(p.now(), shanghai) }

// parseAsOf reads --as-of; "" means today.
func (p *program) parseAsOf(s string) (parcels.Date, error) {
	if s == "" {
		return p.today(), nil
	}
	d, err := parcels.ParseDate(s)
	if err != nil {
		return 0, usageError{fmt.Errorf("--as-of: %w", err)}
	}
	return d, nil
}
