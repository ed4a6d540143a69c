package seeds

import (
	"context"

	"muchan/parcels"
)

// Limits of the generator.
const (
	MinParcels = 1
	MaxParcels = 1_000_000
)

// Options say what to generate. The same Parcels and Seed give the same bytes.
type Options struct {
	Parcels  int
	Seed     uint64
	Dir      string    // folder for the files; made when missing
	Progress func(int) // called with the number of parcels written so far; may be nil
}

func Generate(ctx context.Context, opt Options) error { return ctx.Err() }

func Rows(opt Options) parcels.Rows { return parcels.Rows{} }
