package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"

	"muchan/api"
	"muchan/api/audit"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/web"
)

type serveFlags struct {
	listen, metricsListen, publicURL string
	proxies, parks                   []string
	rules                            string
	noticeDays, tileCacheMB          int
	basemap, basemapNames            string
	basemapFile                      string
	basemapBy, tiandituKey, approval string

	public  *url.URL // of publicURL; nil when not given
	trusted []netip.Prefix
	welcome func(url string) // says where the page is
}

func (f *serveFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8080", "address to serve on")
	flags.StringVar(&f.metricsListen, "metrics-listen", "", "address for /metrics; none when not given")
	flags.StringVar(&f.publicURL, "public-url", "", "what readers type to reach the service, for links behind a proxy")
	flags.StringSliceVar(&f.proxies, "trusted-proxy", nil, "address range of a proxy whose forwarded headers are believed, as 10.0.0.0/8")
	flags.StringSliceVar(&f.parks, "parks", nil, "serve only these parks, as QM,GQ; firms are then ranked among themselves")
	flags.IntVar(&f.noticeDays, "notice-days", api.DefaultNoticeDays, "days the public notice of an evaluation lasts at least; the authority sets them")
	flags.IntVar(&f.tileCacheMB, "tile-cache-mb", api.DefaultTileCache>>20, "memory for tiles kept ready, in MB; 0 keeps none")
	flags.StringVar(&f.basemap, "basemap", "", "tiles of a raster map under the zone, as https://host/{z}/{x}/{y}.png; browsers then ask that host, else none but this")
	flags.StringVar(&f.basemapNames, "basemap-names", "", "tiles of its place names, drawn above it")
	flags.StringVar(&f.basemapFile, "basemap-file", "", "a PMTiles archive of pictures or vector tiles under the zone, served from here; no other host is asked")
	flags.StringVar(&f.basemapBy, "basemap-attribution", "", "what the owner of the basemap wants said on the map")
	flags.StringVar(&f.tiandituKey, "tianditu-key", "", "key of 天地图, which is then the basemap")
	flags.StringVar(&f.approval, "map-approval", "", "number under which the map was approved (审图号), shown on the map and in print")
	flags.StringVar(&f.rules, "rules", "", "ID of a rule set, or a YAML file with one, used instead of the others of its kind")
}

func (p *program) serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the page, tiles, OGC API and JSON",
		Long: `Reads the store into memory, scores the latest year and serves. An edit in QGIS, by SQL or by import reaches the map about a
second later at 10^5 parcels; while the store cannot be read the last state is served and marked stale.`,
		Example: "  muchan serve\n  muchan serve --database-url postgres://muchan@db/zone --listen 0.0.0.0:8080 --public-url https://muchan.example",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.parse(); err != nil {
				return err
			}
			store, err := p.openStore(c.Context())
			if err != nil {
				return err
			}
			f.welcome = func(url string) {
				fmt.Fprintf(p.stdout, "serving %s at %s; Ctrl-C stops.\n", p.settings.storeName(), url)
			}
			return p.serveStore(c.Context(), store, f)
		},
	}
	f.add(c.Flags())
	return c
}

// serveStore serves a store until ctx ends, and closes it.
func (p *program) serveStore(ctx context.Context, store parcels.Store, f serveFlags) error {
	defer store.Close()
	api.ShareProcessors()
	limitMemory(p.settings.log, memlimit.FromCgroup, memlimit.FromSystem)
	server, log, err := p.newServer(ctx, store, f)
	if err != nil {
		return err
	}
	defer log.Close()
	if err := server.LoadFirst(ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", f.listen)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	if err := serveMetrics(ctx, group, server, f.metricsListen); err != nil {
		listener.Close()
		return err
	}
	p.settings.log.Info("serving", "address", listener.Addr().String())
	f.welcome("http://" + listener.Addr().String() + "/")
	group.Go(func() error { return server.Run(ctx, listener) })
	return group.Wait()
}

func (p *program) newServer(ctx context.Context, store parcels.Store, f serveFlags) (*api.Server, *audit.Log, error) {
	cfg := api.Config{
		Source: slice(store, f.parks), Desk: store, Intake: store, Staging: filepath.Join(p.settings.data, "staging"), Partial: len(f.parks) > 0, NoticeDays: f.noticeDays, Page: web.Dist, Fiction: fictionOf, Log: p.settings.log, Now: p.now, Score: scoring.Run,
		PublicURL: f.public, TrustedProxies: f.trusted, Basemap: f.basemapOf(), MapApproval: f.approval,
	}
	if cfg.TileCache = int64(f.tileCacheMB) << 20; cfg.TileCache <= 0 {
		cfg.TileCache = -1
	}
	var err error
	if cfg.Rules, cfg.Only, err = rulesFor(ctx, store, f.rules); err != nil {
		return nil, nil, err
	}
	if cfg.Accounts, err = p.openAccounts(); err != nil {
		return nil, nil, err
	}
	if cfg.Audit, err = audit.Open(filepath.Join(p.settings.data, auditFile), p.now); err != nil {
		return nil, nil, err
	}
	server, err := api.New(cfg)
	if err != nil {
		cfg.Audit.Close()
		return nil, nil, err
	}
	return server, cfg.Audit, nil
}

// basemapOf is the basemap that the flags name, nil for none.
func (f *serveFlags) basemapOf() *api.Basemap {
	if f.tiandituKey != "" {
		return api.Tianditu(f.tiandituKey)
	}
	if f.basemapFile != "" {
		return &api.Basemap{Archive: f.basemapFile, Attribution: f.basemapBy}
	}
	if f.basemap == "" {
		return nil
	}
	b := &api.Basemap{Tiles: []string{f.basemap}, Attribution: f.basemapBy}
	if f.basemapNames != "" {
		b.Names = []string{f.basemapNames}
	}
	return b
}

// oneBasemap refuses two basemaps at once, and words for one that is not there.
func (f *serveFlags) oneBasemap() error {
	given := 0
	for _, flag := range []string{f.tiandituKey, f.basemap, f.basemapFile} {
		given += min(len(flag), 1)
	}
	switch {
	case given > 1:
		return usageError{errors.New("one of --basemap, --basemap-file and --tianditu-key at a time")}
	case f.basemap == "" && f.basemapNames != "":
		return usageError{errors.New("--basemap-names belongs to --basemap")}
	case f.basemap == "" && f.basemapFile == "" && f.basemapBy != "":
		return usageError{errors.New("--basemap-attribution belongs to --basemap or --basemap-file")}
	}
	return nil
}

// rulesFor returns the shipped rule sets, to which the server adds the store's, and the one that was chosen to stand alone.
func rulesFor(ctx context.Context, store parcels.Store, choice string) (scoring.Book, *scoring.RuleSet, error) {
	book, err := shipped()
	if err != nil || choice == "" {
		return book, nil, err
	}
	all, err := loadBook(ctx, store, "")
	if err != nil {
		return book, nil, err
	}
	chosen, err := chooseSet(all, choice)
	return book, &chosen, err
}

// parse reads what a proxy in front needs. It comes before any store is opened, so that a slip of the pen costs nothing.
func (f *serveFlags) parse() error {
	for _, text := range f.proxies {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return usageError{fmt.Errorf("--trusted-proxy: %w", err)}
		}
		f.trusted = append(f.trusted, prefix)
	}
	if f.noticeDays < 1 {
		return usageError{fmt.Errorf("--notice-days %d: a notice lasts at least a day", f.noticeDays)}
	}
	if err := f.oneBasemap(); err != nil {
		return err
	}
	if f.publicURL == "" {
		return nil
	}
	u, err := url.Parse(f.publicURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return usageError{fmt.Errorf("--public-url %q: write it as https://host, without a path", f.publicURL)}
	}
	f.public = u
	return nil
}

// serveMetrics answers /metrics on a listener of its own, never on the public one.
func serveMetrics(ctx context.Context, group *errgroup.Group, server *api.Server, address string) error {
	if address == "" {
		return nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", server.Metrics())
	metrics := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	group.Go(func() error {
		if err := metrics.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return metrics.Close()
	})
	return nil
}
