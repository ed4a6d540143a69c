package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muchan/parcels/postgis"
)

func (p *program) migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the store's schema, roles and views to this version",
		Long: `Opening a store migrates it, so this command is for doing it at a chosen moment, for example as a database owner before
the service starts with fewer rights. Migrations only go forward; a store of a newer muchan is refused.`,
		Example: "  muchan migrate --database-url postgres://owner@host/database",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return p.runMigrate(c.Context()) },
	}
}

// runMigrate opens the store, which migrates it, and in PostGIS makes the roles. Opening tries that too but keeps quiet where the
// login may not; whoever asks for it here wants to know.
func (p *program) runMigrate(ctx context.Context) error {
	store, err := p.openOrMakeStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if db, ok := store.(*postgis.Store); ok {
		if err := db.CreateRoles(ctx); err != nil {
			return err
		}
	}
	version, err := store.Version(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s is up to date; data version %d\n", p.settings.storeName(), version)
	return err
}
