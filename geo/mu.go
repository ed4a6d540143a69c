package geo

// M2 is an area in square metres.
type M2 float64

// Mu is an area in mu (亩).
type Mu float64

// M2PerMu is the size of one mu in square metres: exactly 2000/3, never the rounded 666.67.
const M2PerMu = 2000.0 / 3.0

// MuPerHectare is the number of mu in one hectare (公顷).
const MuPerHectare = 15.0

// MuPerKm2 is the number of mu in one square kilometre.
const MuPerKm2 = 1500.0

// Mu returns the area in mu.
func (a M2) Mu() Mu { return Mu(float64(a) * 3 / 2000) }

// Hectares returns the area in hectares.
func (a M2) Hectares() float64 { return float64(a) / 10000 }

// M2 returns the area in square metres.
func (m Mu) M2() M2 { return M2(float64(m) * 2000 / 3) }
