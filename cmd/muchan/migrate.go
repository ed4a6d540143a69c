package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (p *program) migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the store's schema, roles and views to this version",
		Long: `Opening a store migrates it, so this command is for doing it at a chosen moment, for example as a database owner before
the service starts with fewer rights. Migrations only go forward; a store of a newer muchan is refused.`,
		Example: "  muchan migrate --database-url postgres://owner@host/database",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			store, err := p.openStore(c.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			version, err := store.Version(c.Context())
			if err != nil {
				return err
			}
			fmt.Fprintf(p.stdout, "%s is up to date; data version %d\n", p.settings.storeName(), version)
			return nil
		},
	}
}
