package api

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"time"

	"muchan/api/audit"
	"muchan/api/auth"
	"muchan/parcels"
	"muchan/scoring"
)

// Source is where images come from. Every parcels.Store is one.
type Source interface {
	// Snapshot reads everything as of the end of a day.
	Snapshot(ctx context.Context, asOf parcels.Date) (*parcels.Snapshot, error)
	// Since is Snapshot for whoever has an earlier one: it reads what was written since. before may be nil.
	Since(ctx context.Context, before *parcels.Snapshot, asOf parcels.Date) (*parcels.Snapshot, error)
	// Runs returns the published runs, newest first.
	Runs(ctx context.Context) ([]parcels.Run, error)
	// Rules returns every text of a rule set that the store keeps, oldest first.
	Rules(ctx context.Context) ([]parcels.RuleText, error)
	// Version returns the number of the store's state.
	Version(ctx context.Context) (int64, error)
	// Watch calls changed soon after the version moved, until ctx ends.
	Watch(ctx context.Context, changed func(version int64)) error
}

// Desk keeps what staff carry through step by step, and the rule sets they add. Every parcels.Store is one.
type Desk interface {
	// Record adds an act to a matter, or fails with a *parcels.ActError.
	Record(ctx context.Context, a parcels.Act) error
	// Matters returns matters with all their acts, those opened last first.
	Matters(ctx context.Context, q parcels.MatterQuery) ([]parcels.Matter, error)
	// Descents returns which parcels were made from which, also those that have ended since.
	Descents(ctx context.Context) ([]parcels.Descent, error)
	// AddRules puts the text of a rule set in force.
	AddRules(ctx context.Context, r parcels.RuleText) error
}

// Config is everything a Server depends on. Source, Desk, Accounts, Audit and Score are required.
type Config struct {
	Source   Source
	Desk     Desk
	Intake   Intake       // nil offers no imports
	Rules    scoring.Book // as shipped; the store's go before them
	Accounts *auth.Accounts
	Audit    *audit.Log

	// Only, when there is one, stands alone among the rule sets of its kind.
	Only *scoring.RuleSet
	// Partial says that Source holds only a part of the zone, of which no evaluation can be made.
	Partial bool
	// NoticeDays is how many days the public notice of an evaluation lasts at least; 0 is DefaultNoticeDays.
	NoticeDays int

	// TileCache is how many bytes of tiles are kept ready; 0 is DefaultTileCache, less than 0 keeps none.
	TileCache int64
	// WholeTiles makes tiles of every feature with every attribute, whatever their size, and TilesAnew makes each tile anew for each
	// reader, even for two who ask at once: to be measured against servers that do no other. No command sets them.
	WholeTiles, TilesAnew bool

	// Staging is a folder for uploaded files, in which those of a day ago are removed at the start; "" offers no imports.
	Staging string
	// MaxUpload bounds one uploaded file in bytes; 0 is 256 MiB.
	MaxUpload int64

	// Page is the built page, index.html at its root; nil serves none.
	Page fs.FS
	// Name is the service's name; "" is 亩产.
	Name string
	// Fiction tells how much of the data is made up, of which every reader is told; nil takes none of it for that.
	Fiction func(*parcels.Snapshot) Fiction

	// Basemap lies under the map; nil is none, and then no browser asks another host.
	Basemap *Basemap
	// MapApproval is the number under which the map was approved for publication (审图号); "" for none.
	MapApproval string

	// PublicURL is what readers type to reach the service, without a path; nil takes each request's host.
	PublicURL *url.URL
	// TrustedProxies may set X-Forwarded-For, -Proto and -Host. Nobody else is believed.
	TrustedProxies []netip.Prefix

	Log *slog.Logger     // nil discards
	Now func() time.Time // nil is time.Now

	// Score is scoring.Run, or what a test puts in its place.
	Score func(scoring.Input) (*scoring.Scores, error)
}

// DefaultNoticeDays is an example: the authority sets the length of the notice. Published ones took 3 to 7 days.
const DefaultNoticeDays = 5

// DefaultTileCache holds some ten thousand tiles, the whole zone at the zoom levels people look at.
const DefaultTileCache = 256 << 20

func (c *Config) complete() error {
	if err := c.Basemap.check(); err != nil {
		return err
	}
	if c.Source == nil || c.Desk == nil || c.Accounts == nil || c.Audit == nil || c.Score == nil {
		return errors.New("api: a configuration needs Source, Desk, Accounts, Audit and Score")
	}
	if u := c.PublicURL; u != nil && (u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "") {
		return errors.New("api: the public URL must be http or https with a host and nothing else, like https://muchan.example.cn")
	}
	if c.TileCache == 0 {
		c.TileCache = DefaultTileCache
	}
	if c.NoticeDays == 0 {
		c.NoticeDays = DefaultNoticeDays
	}
	if c.Name == "" {
		c.Name = "亩产"
	}
	if c.Fiction == nil {
		c.Fiction = func(*parcels.Snapshot) Fiction { return NoFiction }
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return nil
}

// book is the shipped rule sets with those of the store.
func (c *Config) book(stored []parcels.RuleText) (scoring.Book, error) {
	book, err := c.Rules.With(stored)
	if err != nil || c.Only == nil {
		return book, err
	}
	return book.Alone(*c.Only), nil
}
