package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"muchan/parcels"
)

func (p *program) changesCommand() *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "changes",
		Short: "List the changes that were brought in, newest first: number, when, who, from which file, what they did",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			store, err := p.openStore(c.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			list, err := store.Changes(c.Context(), limit)
			if err != nil {
				return err
			}
			for i := range list {
				p.printChange(&list[i])
			}
			return nil
		},
	}
	c.Flags().IntVar(&limit, "limit", 20, "how many")
	return c
}

func (p *program) printChange(e *parcels.ChangeEntry) {
	fmt.Fprintf(p.stdout, "%6d  %s  %-12s %d new, %d changed, %d ended, %d taken away", e.Change, e.At.In(shanghai).Format("2006-01-02 15:04"), e.Who,
		e.Inserted, e.Updated, e.Closed, e.Deleted)
	if e.Source.Name != "" {
		fmt.Fprintf(p.stdout, "  %s", e.Source.Name)
	}
	if e.Undoes != 0 {
		fmt.Fprintf(p.stdout, "  undoes %d", e.Undoes)
	}
	if e.UndoneBy != 0 {
		fmt.Fprintf(p.stdout, "  undone by %d", e.UndoneBy)
	}
	if e.Why != "" {
		fmt.Fprintf(p.stdout, "  — %s", e.Why)
	}
	fmt.Fprintln(p.stdout)
}

func (p *program) undoCommand() *cobra.Command {
	var why string
	c := &cobra.Command{
		Use:   "undo CHANGE",
		Short: "Take a change back by a change of its own",
		Long: `Takes away the rows that a change brought in and gives those that it wrote over or ended what they had before. It is refused when a
later change or an edit in QGIS or SQL wrote one of its rows, unless that was undone, and when other rows would refer to nothing. The
journal keeps both; an undo can be undone.`,
		Example: "  muchan import changes\n  muchan import undo 12 --why 坐标系有误",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			number, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || number < 1 {
				return usageError{fmt.Errorf("%q is no number of a change; muchan import changes lists them", args[0])}
			}
			store, err := p.openStore(c.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			receipt, err := store.Undo(c.Context(), parcels.Undo{Change: number, Who: osUser(), Why: why, When: p.now().Truncate(time.Millisecond)})
			if err != nil {
				return p.sayRefused(err, nil)
			}
			_, err = fmt.Fprintf(p.stdout, "change %d, version %d: %d taken away, %d as they were before, %d brought back\n",
				receipt.Change, receipt.Version, receipt.Deleted, receipt.Updated, receipt.Inserted)
			return err
		},
	}
	c.Flags().StringVar(&why, "why", "", "reason, kept in the journal")
	return c
}
