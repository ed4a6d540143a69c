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
	// Runs returns the published runs, newest first.
	Runs(ctx context.Context) ([]parcels.Run, error)
	// Version returns the number of the store's state.
	Version(ctx context.Context) (int64, error)
	// Watch calls changed soon after the version moved, until ctx ends.
	Watch(ctx context.Context, changed func(version int64)) error
}

// Config is everything a Server depends on. Source, Accounts and Audit are required.
type Config struct {
	Source   Source
	Rules    scoring.Book
	Accounts *auth.Accounts
	Audit    *audit.Log

	// Page is the built page, index.html at its root; nil serves none.
	Page fs.FS
	// Name is the service's name; "" is 亩产.
	Name string
	// Demo marks fictional data, to the reader too.
	Demo bool
	// Notice is what every reader must be told, in Chinese and English; "" for nothing.
	Notice, NoticeEn string

	// PublicURL is what readers type to reach the service, without a path; nil takes each request's host.
	PublicURL *url.URL
	// TrustedProxies may set X-Forwarded-For, -Proto and -Host. Nobody else is believed.
	TrustedProxies []netip.Prefix

	Log *slog.Logger     // nil discards
	Now func() time.Time // nil is time.Now

	// Score is scoring.Run, or what a test puts in its place.
	Score func(scoring.Input) (*scoring.Scores, error)
}

func (c *Config) complete() error {
	if c.Source == nil || c.Accounts == nil || c.Audit == nil || c.Score == nil {
		return errors.New("api: a configuration needs Source, Accounts, Audit and Score")
	}
	if u := c.PublicURL; u != nil && (u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "") {
		return errors.New("api: the public URL must be http or https with a host and nothing else, like https://muchan.example.cn")
	}
	if c.Name == "" {
		c.Name = "亩产"
	}
	if c.Demo && c.Notice == "" {
		c.Notice, c.NoticeEn = "示例数据，全部虚构", "Demo data, all fictional"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return nil
}
