package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// TestPlainlySimpleIsValid: what the short way takes for valid, the library does too, on rings over so few grid points that most of them
// touch, cross, repeat or fold back.
func TestPlainlySimpleIsValid(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	plain := 0
	for range 200_000 {
		ring := make(orb.Ring, 3+random.IntN(6))
		for i := range ring {
			ring[i] = geo.Point{118 + 0.1*float64(random.IntN(6)), 24 + 0.1*float64(random.IntN(6))}
		}
		s := geo.Shape{{append(ring, ring[0])}}
		if !geo.PlainlySimple(s) {
			continue
		}
		plain++
		if err := geo.LibraryCheck(s); err != nil {
			t.Fatalf("%v: %v", s, err)
		}
	}
	if plain < 2000 {
		t.Errorf("only %d rings took the short way", plain)
	}
}

// TestPlainlySimpleTakesParcels: rings as parcels have them, straight runs and turns inward included, take the short way.
func TestPlainlySimpleTakesParcels(t *testing.T) {
	ell := orb.Ring{{118, 24}, {118.2, 24}, {118.3, 24}, {118.3, 24.1}, {118.1, 24.1}, {118.1, 24.3}, {118, 24.3}, {118, 24}}
	star := make(orb.Ring, 0, 21)
	for i := range 20 {
		angle, radius := float64(i)*math.Pi/10, 0.001+0.001*float64(i%2)
		star = append(star, geo.Point{118.5 + radius*math.Cos(angle), 24.8 + radius*math.Sin(angle)})
	}
	for _, ring := range []orb.Ring{ell, append(star, star[0])} {
		if s := (geo.Shape{{ring}}); !geo.PlainlySimple(s) || !geo.Check(s).Valid {
			t.Errorf("%v goes the long way", ring)
		}
	}
}
