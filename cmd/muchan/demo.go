package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muchan/api"
	"muchan/api/auth"
	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/scoring"
	"muchan/seeds"
)

// demoWho signs what the demo brings in.
const demoWho = "demo"

func (p *program) demoCommand() *cobra.Command {
	var importOnly bool
	var f serveFlags
	c := &cobra.Command{
		Use:   "demo",
		Short: "Sample data for both parks: import, score, serve, and print the page's address and a sign-in per role",
		Long: `Brings the fictional demo files of both parks in through the same code as ` + "`muchan import`" + `, publishes an evaluation per year
and serves on this machine. A second start reuses the data. Every firm, code and figure is fictional.`,
		Example: "  muchan demo\n  muchan demo --data /tmp/demo --listen 127.0.0.1:9000",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.parse(); err != nil {
				return err
			}
			return p.runDemo(c.Context(), importOnly, f)
		},
	}
	c.Flags().BoolVar(&importOnly, "import-only", false, "bring the data in and publish, do not serve")
	f.add(c.Flags())
	return c
}

func (p *program) runDemo(ctx context.Context, importOnly bool, f serveFlags) error {
	store, err := p.openOrMakeStore(ctx)
	if err != nil {
		return err
	}
	if err := p.fillDemo(ctx, store); err != nil {
		store.Close()
		return err
	}
	if importOnly {
		return store.Close()
	}
	tokens, err := p.demoTokens()
	if err != nil {
		store.Close()
		return err
	}
	f.welcome = func(url string) { p.printDemo(url, tokens) }
	return p.serveStore(ctx, store, f)
}

// fillDemo imports and publishes what is not there yet. Every step may be repeated, so a first start that was interrupted is
// finished by the next one.
func (p *program) fillDemo(ctx context.Context, store parcels.Store) error {
	snap, err := store.Snapshot(ctx, p.today())
	if err != nil {
		return err
	}
	if notDemo(snap) {
		return fmt.Errorf("%s holds other data than the demo's, which is fictional and must not be mixed with it; name another place with --data",
			p.settings.storeName())
	}
	complete, err := published(ctx, store, snap)
	if err != nil {
		return err
	}
	if complete {
		fmt.Fprintf(p.stdout, "reusing the data in %s (version %d); remove it to start afresh\n", p.settings.storeName(), snap.Version)
		return nil
	}
	dir, err := p.unpackDemo()
	if err != nil {
		return err
	}
	progress := p.progress()
	for _, file := range seeds.DemoFiles {
		if err := p.importDemo(ctx, store, dir, file, progress); err != nil {
			return fmt.Errorf("import %s: %w", file.Name, err)
		}
	}
	return p.publishDemo(ctx, store, progress)
}

// fictionOf tells the demo's data from others, whichever command serves them.
func fictionOf(snap *parcels.Snapshot) api.Fiction {
	switch {
	case !slices.ContainsFunc(snap.Firms, func(f parcels.Firm) bool { return strings.Contains(f.Name, demoFirm) }):
		return api.NoFiction
	case notDemo(snap):
		return api.SomeFiction
	}
	return api.AllFiction
}

// demoFirm is in the name of every firm of the demo.
const demoFirm = "演示"

// notDemo reports whether a store holds something that is not the demo's: the demo's firms are named so and its parcels lie in
// the cadastral area 999.
func notDemo(snap *parcels.Snapshot) bool {
	for i := range snap.Firms {
		if !strings.Contains(snap.Firms[i].Name, demoFirm) {
			return true
		}
	}
	for i := range snap.Parcels.Len() {
		if code := snap.Parcels.At(i).Code; len(code) != 19 || code[6:9] != "999" {
			return true
		}
	}
	return false
}

// published reports whether every year with figures has a run, the demo's last step.
func published(ctx context.Context, store parcels.Store, snap *parcels.Snapshot) (bool, error) {
	years, err := unpublished(ctx, store, snap)
	return err == nil && len(years) == 0 && len(snap.Years()) > 0, err
}

func unpublished(ctx context.Context, store parcels.Store, snap *parcels.Snapshot) ([]int, error) {
	runs, err := store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(snap.Years(), func(year int) bool {
		return slices.ContainsFunc(runs, func(r parcels.Run) bool { return r.Year == year })
	}), nil
}

// unpackDemo writes the embedded files into the data directory, where a user can look at them and import reads them.
func (p *program) unpackDemo() (string, error) {
	if err := p.makeDataDir(); err != nil {
		return "", err
	}
	dir := filepath.Join(p.settings.data, "demo-files")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	for _, file := range seeds.DemoFiles {
		text, err := fs.ReadFile(seeds.Demo, file.Name)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, file.Name), text, 0o600); err != nil {
			return "", err
		}
	}
	return dir, nil
}

func (p *program) importDemo(ctx context.Context, store parcels.Store, dir string, file seeds.DemoFile, progress *progress) error {
	opt := ingest.Options{Encoding: file.Encoding, Who: demoWho, Why: "示例数据，全部虚构", When: p.now()}
	change, report, err := ingest.Read(ctx, file.Kind, []string{filepath.Join(dir, file.Name)}, opt)
	if err != nil {
		if report != nil {
			fmt.Fprint(p.stderr, report)
		}
		return err
	}
	receipt, err := store.Apply(ctx, change)
	if err != nil {
		return err
	}
	progress.step("imported %-12s %5d rows from %s", file.Kind, receipt.Inserted+receipt.Unchanged, file.Name)
	return nil
}

// publishDemo freezes one evaluation per year with figures, as of the middle of the following year or today, so that the public
// page has classes to show.
func (p *program) publishDemo(ctx context.Context, store parcels.Store, progress *progress) error {
	book, err := loadBook(ctx, store, "")
	if err != nil {
		return err
	}
	snap, err := store.Snapshot(ctx, p.today())
	if err != nil {
		return err
	}
	years, err := unpublished(ctx, store, snap)
	if err != nil {
		return err
	}
	for _, year := range years {
		asOf := min(p.today(), parcels.DateOf(year+1, time.June, 30))
		scores, _, err := score(ctx, store, year, asOf, book)
		if err != nil {
			return err
		}
		results, err := scoring.EncodeResults(scores)
		if err != nil {
			return err
		}
		if _, err := p.publish(ctx, store, book, scores, results, demoWho); err != nil {
			return err
		}
	}
	progress.step("published an evaluation for each of %d years", len(years))
	return nil
}

type roleToken struct{ role, token string }

// demoTokens makes an account per role and a fresh token for each start: tokens are kept as hashes, so an old one cannot be
// printed again. The tokens of earlier starts are revoked.
func (p *program) demoTokens() ([]roleToken, error) {
	accounts, err := p.openAccounts()
	if err != nil {
		return nil, err
	}
	var tokens []roleToken
	for _, role := range auth.Roles {
		name := "demo-" + string(role)
		if err := resetAccount(accounts, name, role); err != nil {
			return nil, err
		}
		_, secret, err := accounts.NewToken(name, "demo start", time.Time{})
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, roleToken{string(role), secret})
	}
	return tokens, nil
}

// resetAccount makes sure that an account exists and has no token.
func resetAccount(accounts *auth.Accounts, name string, role auth.Role) error {
	list, err := accounts.List()
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Name != name {
			continue
		}
		for _, token := range a.Tokens {
			if token.Disabled {
				continue
			}
			if err := accounts.RevokeToken(name, token.ID); err != nil {
				return err
			}
		}
		return nil
	}
	return accounts.Add(name, role)
}

func (p *program) printDemo(url string, tokens []roleToken) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n亩产 muchan: demo data, all fictional (示例数据，全部虚构)\n\n  page     %s\n", url)
	fmt.Fprintf(&b, "\n  sign in on the page with a token (登录令牌), good until the next start:\n")
	for _, t := range tokens {
		fmt.Fprintf(&b, "  %-8s %s\n", t.role, t.token)
	}
	fmt.Fprint(&b, "\nCtrl-C stops.\n")
	fmt.Fprint(p.stdout, b.String())
}
