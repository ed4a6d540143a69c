package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"muchan/api/audit"
	"muchan/parcels"
)

func (p *program) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Verify the audit log's chain and that every published run still reads",
		Long: `Reads the audit log and checks that no line was changed, removed, inserted or moved, prints its head (keep it elsewhere: it
shows a cut tail), reads the whole store, and counts the published runs.`,
		Example: "  muchan verify",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return p.runVerify(c.Context()) },
	}
}

func (p *program) runVerify(ctx context.Context) error {
	if err := p.verifyAudit(); err != nil {
		return err
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	snap, err := store.Snapshot(ctx, p.today())
	if err != nil {
		return err
	}
	runs, err := store.Runs(ctx)
	if err != nil {
		return err
	}
	return p.printRuns(snap, runs)
}

func (p *program) verifyAudit() error {
	f, err := os.Open(filepath.Join(p.settings.data, auditFile))
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(p.stdout, "audit log: none yet")
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	head, err := audit.Verify(f)
	if err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	fmt.Fprintf(p.stdout, "audit log: %d entries in order, head %s\n", head.Seq, head.Hash)
	return nil
}

func (p *program) printRuns(snap *parcels.Snapshot, runs []parcels.Run) error {
	fmt.Fprintf(p.stdout, "store: version %d, %d rows valid on %s\n", snap.Version, snap.Len(), snap.AsOf)
	for _, r := range runs {
		fmt.Fprintf(p.stdout, "run %s: figures of %d as of %s, rules %s %.12s, published %s by %s\n", r.ID, r.Year, r.AsOf,
			r.RulesID, r.RulesHash, r.PublishedAt.Format("2006-01-02"), r.PublishedBy)
	}
	return nil
}
