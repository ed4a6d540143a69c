package potential

import "muchan/parcels"

// Group is how a parcel counts.
type Group string

// The groups. Each has sums of its own.
const (
	Stock   Group = "stock"   // something stands on it
	Unbuilt Group = "unbuilt" // supplied, and not built yet or being built
	Idle    Group = "idle"    // suspected idle land
	Left    Group = "left"    // not industrial land, not supplied, or taken back
)

// Groups lists those that have sums.
var Groups = []Group{Stock, Unbuilt, Idle}

// Limits on the floor-area ratio.
const (
	ByContract = "contract" // agreed maximum
	ByStock    = "stock"    // band of stock industrial land
	ByControl  = "control"  // maximum of the control indicators
)

// Why something is missing or left out; see reasons.
const (
	noRule     = "no_control_set"
	noUse      = "use_unknown"
	otherUse   = "other_use"
	notOurs    = "not_supplied"
	takenBack  = "taken_back"
	noLand     = "land_unknown"
	noFloor    = "floor_unknown"
	partFloor  = "floor_incomplete"
	noLimit    = "no_limit"
	noGround   = "ground_unknown"
	noTarget   = "no_target"
	noMedian   = "no_median"
	isBuilding = "under_construction"
)

// Parcel is what one parcel could gain. Areas are in m²; a gain is never negative.
type Parcel struct {
	Group  Group
	Why    string // of Left: why
	LandM2 parcels.Opt[float64]

	FAR         parcels.Opt[float64] // present, as the ratio counts it
	ContractFAR parcels.Opt[float64]
	StockFAR    parcels.Opt[float64]
	ControlFAR  parcels.Opt[float64]
	LimitFAR    parcels.Opt[float64]
	Binding     string // which limit it is: ByContract, ByStock, ByControl, "" for none
	Open        bool   // the stock document names only where its range begins

	FloorGainM2    parcels.Opt[float64]
	ContractGainM2 parcels.Opt[float64] // what the contract allows of it
	PlainGainM2    parcels.Opt[float64] // as if no storey counted twice
	FloorMissing   string               // why FloorGainM2 is missing

	Coefficient     parcels.Opt[float64] // present, 0..1
	Target          parcels.Opt[float64] // 0..1
	FootprintGainM2 parcels.Opt[float64]
	FootMissing     string // why FootprintGainM2 is missing

	Worth Worth
}

// Worth is a floor gain in money of a year, by both conversions.
type Worth struct {
	OutputByLand, OutputByFloor parcels.Opt[parcels.Wan]
	TaxByLand, TaxByFloor       parcels.Opt[parcels.Wan]
}
