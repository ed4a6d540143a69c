package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"muchan/seeds"
)

func (p *program) genCommand() *cobra.Command {
	var parcelCount int
	var seed uint64
	c := &cobra.Command{
		Use:   "gen OUTDIR",
		Short: "Write a fictional zone of any size in the importable formats",
		Long: `Writes files of a synthetic zone: streets, blocks, parcels, buildings, firms, tenants and years of figures. The same seed gives
the same bytes. Every name and code is fictional.`,
		Example: "  muchan gen --parcels 100000 --seed 7 zone\n  muchan import parcels zone/parcels.geojson --data zone-data",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if parcelCount < seeds.MinParcels || parcelCount > seeds.MaxParcels {
				return usageError{fmt.Errorf("--parcels must be from %d to %d", seeds.MinParcels, seeds.MaxParcels)}
			}
			progress := p.progress()
			err := seeds.Generate(c.Context(), seeds.Options{
				Parcels: parcelCount, Seed: seed, Dir: args[0], Progress: func(n int) { progress.count("parcels", n) },
			})
			if err == nil {
				progress.step("wrote %d parcels to %s", parcelCount, args[0])
			}
			return err
		},
	}
	c.Flags().IntVar(&parcelCount, "parcels", 1000, "number of parcels")
	c.Flags().Uint64Var(&seed, "seed", 1, "the same seed gives the same bytes")
	return c
}
