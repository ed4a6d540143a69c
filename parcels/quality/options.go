package quality

// Options are the tolerances of the rules. Areas are in m², lengths in m, shares are fractions.
type Options struct {
	TitleShare    float64             // title area against drawn area: share of the title area
	CornerM       float64             // error of a boundary point; along a perimeter it makes the area that a boundary may be off
	OverlapM2     float64             // two parcels, or a parcel and what lies outside its park, may share as much
	GapWidthM     float64             // a strip between two parcels up to this width is a gap, a wider one an alley
	GapLengthM    float64             // shortest stretch of a gap
	GapM2         float64             // smallest gap
	BuildingM2    float64             // a building may reach this far over its parcel's boundary: area, and
	BuildingShare float64             // share of the footprint
	FloorHigh     float64             // floor area over footprint × storeys, at most
	FloorLow      float64             // and at least
	FloorShare    float64             // sums of floor area may exceed a building's by this share
	Magnitude     float64             // a figure this many times its firm's other years, or its cohort, is of another unit
	FloorWan      float64             // and is looked at when it or its measure is as large as this, in the figure's unit
	CohortLeast   int                 // firms a cohort needs
	Neighbours    int                 // parcels whose boxes meet a parcel's that are compared with it
	FirmUses      map[string][]string // land on which a firm is expected, by scheme: how its use codes begin
	Keep          int                 // findings of one rule and severity that are kept; 0 keeps all
}

// DefaultOptions are the tolerances unless a caller knows better. A factor of 1000 catches 元 in a column of 万元 (10⁴ too large)
// and 亿元 (10⁴ too small) and leaves room for a firm that grew tenfold.
func DefaultOptions() Options {
	return Options{
		TitleShare: 0.005, CornerM: 0.05, OverlapM2: 1, GapWidthM: 1, GapLengthM: 1, GapM2: 1, BuildingM2: 1, BuildingShare: 0.005,
		FloorHigh: 1.2, FloorLow: 0.3, FloorShare: 0.005, Magnitude: 1000, FloorWan: 100, CohortLeast: 5, Neighbours: 1000, Keep: 10_000,
		// 工业、仓储: of the three classifications.
		FirmUses: map[string][]string{"ydyh2023": {"1001", "11"}, "gb50137": {"M", "W"}, "gbt21010": {"0601", "0604"}},
	}
}
