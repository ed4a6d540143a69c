package parcels_test

import (
	"context"
	"errors"
	"testing"

	"muchan/parcels"
)

// full is a store whose disk is full.
type full struct{}

var errFull = errors.New("the disk is full")

func (full) Empty(context.Context, string) (bool, error) { return true, nil }
func (full) Held(_ context.Context, need parcels.Need) (*parcels.Held, error) {
	return &parcels.Held{}, nil
}
func (full) Write(context.Context, *parcels.Plan) error { return errFull }

// TestAheadKeepsItsError: what failed behind a part is told with the next, and a load cannot end well after it.
func TestAheadKeepsItsError(t *testing.T) {
	ahead := parcels.NewAhead(parcels.Change{}, full{})
	part := func(code string) *parcels.Rows {
		return &parcels.Rows{Parks: []parcels.Park{{Code: code, Name: "园区", Shape: square(118.5, 24.8)}}}
	}
	if err := ahead.Add(context.Background(), part("A")); err != nil {
		t.Fatal(err)
	}
	if err := ahead.Add(context.Background(), part("B")); !errors.Is(err, errFull) {
		t.Errorf("the next part: %v", err)
	}
	if err := ahead.Last(context.Background()); !errors.Is(err, errFull) {
		t.Errorf("the end: %v", err)
	}
}
