package api_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/paulmach/orb"

	"muchan/api"
	"muchan/api/audit"
	"muchan/api/auth"
	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// noon is when all tests begin: 12:00 in Shanghai.
var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

// clock is moved by hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.t }

func (c *clock) Move(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.t = c.t.Add(d) }

// secrets are the confidential values of a world. Two worlds that differ only in them must look alike to the public.
type secrets struct {
	firm string  // in every firm's name
	code string  // eight characters in the middle of every credit code
	wan  float64 // added to every amount of money
	many int     // parcels; 0 is parcelCount
	mute bool    // no firm has reported figures yet
}

var (
	worldA = secrets{firm: "演示甲秘密", code: "QX7ZKD3W", wan: 0.1234567}
	worldB = secrets{firm: "演示乙机密", code: "PN4RTM9H", wan: 77.654321}
)

const parcelCount = 14

func (s secrets) count() int {
	if s.many > 0 {
		return s.many
	}
	return parcelCount
}

func parcelCode(i int) string { return fmt.Sprintf("350503001001GB%05d", i) }

func (s secrets) uscc(i int) string { return fmt.Sprintf("91359900%s%02d", s.code, i) }

func square(lon, lat, size float64) geo.Shape {
	return geo.Shape{{orb.Ring{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}}}}
}

func (s secrets) money(wan float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(wan + s.wan)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

// snapshot builds a small zone: two parks, fourteen parcels in a row, a building and a firm on most of them, three years.
func (s secrets) snapshot(version int64, asOf parcels.Date) *parcels.Snapshot {
	start := parcels.MustDate("2015-01-01")
	rows := parcels.Rows{
		Parks: []parcels.Park{
			{Code: "QM", Name: "清濛", NameEn: "Qingmeng", Definition: "built", AreaM2: parcels.Some(10e6), Shape: square(118.57, 24.86, 0.03)},
			{Code: "GQ", Name: "官桥", NameEn: "Guanqiao", Definition: "planned", Shape: square(118.42, 24.82, 0.03)},
		},
		Zones: []parcels.Zone{{
			ID: "Z1", Park: "QM", Name: "区块线 & <一>", Kind: parcels.ZoneBlockLine, Level: 1, ValidFrom: start, Shape: square(118.571, 24.861, 0.01),
		}},
		Targets: []parcels.Target{{ID: "T1", Name: "亩均税收", NameEn: "Tax per mu", Unit: "万元/亩", TargetYear: 2030, Target: parcels.Some(30.0)}},
	}
	for i := range s.count() {
		s.addParcel(&rows, i, start)
	}
	return parcels.NewSnapshot(version, asOf, rows)
}

func (s secrets) addParcel(rows *parcels.Rows, i int, start parcels.Date) {
	lon, lat, park := 118.572+float64(i)*0.0015, 24.862, "QM"
	if i%3 == 2 {
		lon, lat, park = 118.425+float64(i)*0.0015, 24.825, "GQ"
	}
	p := parcels.Parcel{
		Code: parcelCode(i), Park: park, Address: fmt.Sprintf("示例路 %d 号", i), UseScheme: "ydyh2023", UseCode: "1001",
		State: parcels.StateInUse, ValidFrom: start, Shape: square(lon, lat, 0.001),
	}
	if i == 5 { // a triangle: its box is not its shape
		p.Shape = geo.Shape{{orb.Ring{{lon, lat}, {lon + 0.001, lat}, {lon, lat + 0.001}, {lon, lat}}}}
	}
	p.Contract.SignedOn, p.Contract.HandedOverOn = start, start.AddMonths(3)
	p.Contract.FAIWan, p.Contract.PriceWan = s.money(5000), s.money(900)
	if i > 0 { // the first row has no title area: GDAL must still learn that it is a number
		p.TitleAreaM2 = parcels.Some(10_000 + 100*float64(i))
	}
	if i == s.count()-1 { // never started: more than a year late, so that a fee is due, and less than two
		p.State, p.Contract.DueStartOn = parcels.StateSupplied, parcels.MustDate("2025-03-01")
		rows.Parcels = append(rows.Parcels, p)
		return
	}
	if i == 3 {
		p.Parents = []string{parcelCode(0)}
	}
	rows.Parcels = append(rows.Parcels, p)
	rows.Buildings = append(rows.Buildings, parcels.Building{
		ID: fmt.Sprintf("B%02d", i), Parcel: p.Code, Name: "厂房", Use: "plant", ValidFrom: start, CompletedOn: start.AddYears(1),
		Storeys: []parcels.Storey{{FloorM2: 3000, HeightM: 9}, {FloorM2: 3000, HeightM: 4.5}}, Shape: square(lon+0.0002, lat+0.0002, 0.0005),
	})
	uscc := s.uscc(i)
	rows.Firms = append(rows.Firms, parcels.Firm{
		USCC: uscc, Name: fmt.Sprintf("%s%02d有限公司", s.firm, i), Industry: "1711", AboveScale: parcels.Some(i%2 == 0), RegisteredOn: start,
	})
	rows.Occupancies = append(rows.Occupancies, parcels.Occupancy{
		Parcel: p.Code, Building: fmt.Sprintf("B%02d", i), USCC: uscc, Tenure: "own", FloorM2: parcels.Some(6000.0), From: start,
	})
	for year := 2023; year <= 2025 && !s.mute; year++ {
		f := float64(i + 1)
		rows.Figures = append(rows.Figures, parcels.Figures{
			USCC: uscc, Year: year, OutputWan: s.money(1000 * f), RevenueWan: s.money(900 * f), ValueAddedWan: s.money(300 * f),
			VATWan: s.money(20 * f), IncomeTaxWan: s.money(10 * f), EnergyTce: parcels.Some(100 * f), EmissionsT: parcels.Some(f),
			Staff: parcels.Some(50 * f), RDWan: s.money(9 * f), ElectricityMWh: parcels.Some(500 * f), Source: "filing",
		})
	}
}

// store is a source in memory. Its methods are those of a parcels.Store that a server uses.
type store struct {
	secrets secrets
	mu      sync.Mutex
	version int64
	broken  bool // cannot be reached
	damaged bool // answers, but cannot be read whole
	reads   int
	changed chan struct{}
	runs    []parcels.Run
	acts    []parcels.Act
	texts   []parcels.RuleText
}

func (s *store) Record(_ context.Context, a parcels.Act) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	added, _, err := a.Follow(s.acts)
	if err == nil {
		s.acts = append(s.acts, *added)
	}
	return err
}

func (s *store) Matters(_ context.Context, q parcels.MatterQuery) ([]parcels.Matter, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(q.Fold(s.acts), func(m parcels.Matter) bool {
		return q.ID != "" && q.ID != m.ID || q.Subject != "" && q.Subject != m.Subject || len(q.Kinds) > 0 && !slices.Contains(q.Kinds, m.Kind)
	}), nil
}

func (s *store) AddRules(_ context.Context, r parcels.RuleText) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Use, r.Hash = parcels.RuleAdded, parcels.HashRules(r.Text)
	s.texts = append(s.texts, r)
	return nil
}

func (s *store) Rules(context.Context) ([]parcels.RuleText, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.texts), nil
}

func (s *store) Descents(context.Context) ([]parcels.Descent, error) {
	return []parcels.Descent{{Parcel: parcelCode(3), Parents: []string{parcelCode(0)}, From: parcels.MustDate("2015-01-01")}}, nil
}

// caseID is a case that every world has.
var caseID = parcels.NewMatterID(parcels.MatterExit, parcelCode(3), 1)

func openedCase() parcels.Act {
	return parcels.Act{
		Matter: caseID, Kind: parcels.MatterExit, Subject: parcelCode(3), Seq: 1, Act: parcels.ActOpen, State: parcels.CaseOpened,
		On: parcels.MustDate("2026-11-01"), Who: "analyst", At: noon, Note: "亩均税收低", Data: []byte(`{"year":2025,"park":"QM"}`),
	}
}

var errBroken = fmt.Errorf("%w: SELECT * FROM figures at /var/lib/secret:5432", parcels.ErrUnavailable)

func (s *store) Parks(ctx context.Context) ([]parcels.Park, error) {
	snap, err := s.Snapshot(ctx, parcels.MustDate("2026-01-01"))
	if err != nil {
		return nil, err
	}
	return snap.Parks, nil
}

func (s *store) Snapshot(_ context.Context, asOf parcels.Date) (*parcels.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	if s.broken || s.damaged {
		return nil, errBroken
	}
	return s.secrets.snapshot(s.version, asOf), nil
}

func (s *store) Since(ctx context.Context, _ *parcels.Snapshot, asOf parcels.Date) (*parcels.Snapshot, error) {
	return s.Snapshot(ctx, asOf)
}

// Plan, Apply and Undo refuse: what is brought in is tested on a real store.
func (s *store) Plan(context.Context, parcels.Change) (*parcels.Plan, error) {
	return nil, parcels.ErrUnavailable
}

func (s *store) Apply(context.Context, parcels.Change) (parcels.Receipt, error) {
	return parcels.Receipt{}, parcels.ErrUnavailable
}

func (s *store) Undo(context.Context, parcels.Undo) (parcels.Receipt, error) {
	return parcels.Receipt{}, parcels.ErrUnavailable
}

func (s *store) Changes(context.Context, int) ([]parcels.ChangeEntry, error) { return nil, nil }

func (s *store) Runs(context.Context) ([]parcels.Run, error) { return s.runs, nil }

func (s *store) Version(context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return 0, errBroken
	}
	return s.version, nil
}

func (s *store) Watch(ctx context.Context, changed func(int64)) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.changed:
			v, _ := s.Version(ctx)
			changed(v)
		}
	}
}

func (s *store) Change() {
	s.mu.Lock()
	s.version++
	s.mu.Unlock()
	s.changed <- struct{}{}
}

func (s *store) Break(broken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = broken
}

func rules(t testing.TB) scoring.Book {
	t.Helper()
	var book scoring.Book
	names, err := filepath.Glob("../seeds/rules/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no rule sets", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set, err := scoring.ParseRuleSet(filepath.Base(name), text)
		if err != nil {
			t.Fatal(err)
		}
		book.Sets = append(book.Sets, set)
	}
	return book
}

// publishedRun freezes the classes of 2024. The same classes are published in every world: a publication is no secret.
func publishedRun(t testing.TB, book scoring.Book, many int) parcels.Run {
	t.Helper()
	published := worldA
	published.many = many
	snap := published.snapshot(3, parcels.DateIn(noon, time.UTC))
	scores, err := scoring.Run(scoring.Input{Snapshot: snap, Year: 2024, AsOf: snap.AsOf, Rules: book})
	if err != nil {
		t.Fatal(err)
	}
	results, err := scoring.EncodeResults(scores)
	if err != nil {
		t.Fatal(err)
	}
	return parcels.Run{ID: "2024-1", Year: 2024, AsOf: snap.AsOf, Version: 3, RulesID: "demo", PublishedBy: "不可外传的人", PublishedAt: noon, Results: results}
}

// world is a running server with one account per role.
type world struct {
	t        testing.TB
	server   *api.Server
	handler  http.Handler
	store    *store
	clock    *clock
	accounts *auth.Accounts
	audit    string // path
	log      *bytes.Buffer
	tokens   map[string]string
}

var roles = []string{"public", "viewer", "analyst", "admin"}

var pageFiles = fstest.MapFS{
	"index.html":        {Data: []byte("<!doctype html><title>亩产</title><div id=app></div>")},
	"assets/app-1a2.js": {Data: []byte("console.log(1)")},
	"favicon.svg":       {Data: []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")},
}

func newWorld(t testing.TB, s secrets, change ...func(*api.Config)) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{t: t, clock: &clock{t: noon}, audit: filepath.Join(dir, "audit.jsonl"), log: &bytes.Buffer{}, tokens: map[string]string{}}
	book := rules(t)
	w.store = &store{secrets: s, version: 7, changed: make(chan struct{}, 1), runs: []parcels.Run{publishedRun(t, book, s.many)}, acts: []parcels.Act{openedCase()}}
	var err error
	if w.accounts, err = auth.Open(filepath.Join(dir, "accounts.json"), w.clock.Now); err != nil {
		t.Fatal(err)
	}
	for _, role := range roles[1:] {
		if err := w.accounts.Add(role, auth.Role(role)); err != nil {
			t.Fatal(err)
		}
		if _, w.tokens[role], err = w.accounts.NewToken(role, "test", time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	record, err := audit.Open(w.audit, w.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { record.Close() })
	cfg := api.Config{
		Source: w.store, Desk: w.store, Intake: w.store, Staging: filepath.Join(dir, "staging"), Rules: book, Accounts: w.accounts, Audit: record, Page: fs.FS(pageFiles), Fiction: func(*parcels.Snapshot) api.Fiction { return api.AllFiction }, Now: w.clock.Now,
		Log: slog.New(slog.NewTextHandler(&lockedWriter{w: w.log}, &slog.HandlerOptions{Level: slog.LevelDebug})), Score: scoring.Run,
	}
	for _, f := range change {
		f(&cfg)
	}
	if w.server, err = api.New(cfg); err != nil {
		t.Fatal(err)
	}
	if err := w.server.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.handler = w.server.Handler()
	return w
}

type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// do sends one request as a role; headers come in pairs.
func (w *world) do(method, role, target, body string, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := request(method, target, body)
	if role != "public" && role != "" {
		r.Header.Set("Authorization", "Bearer "+w.tokens[role])
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// request makes a request as a server would see it, whatever the target holds.
func request(method, target, body string) *http.Request {
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, reader)
	r.Host, r.RemoteAddr = "muchan.test", "192.0.2.7:40000"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func (w *world) get(role, target string, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	return w.do(http.MethodGet, role, target, "", headers...)
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for range 500 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}
