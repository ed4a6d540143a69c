package quality

import (
	"muchan/geo"
	"muchan/parcels"
)

// row makes a rule that a row breaks by itself. Its finding brings its own words in English.
func row(id, title string) Rule {
	w, _ := parcels.RuleWordOf(id)
	return Rule{ID: id, Severity: isError, Title: Text{w.What, title}, Meaning: Text{w.What, title}, Remedy: Text{w.Remedy, ""}}
}

// rowRules are those of parcels.Validate and geo.Check.
var rowRules = []Rule{
	row("code.spelling", "Spelling of a code"),
	row("column.required", "A required value is missing"),
	row("text.encoding", "Text in a wrong encoding"),
	row("text.length", "Text too long"),
	row("text.control", "Control character"),
	row("key.separator", "Separator in a key"),
	row("enum.unknown", "Unknown value"),
	row("number.finite", "Not a number"),
	row("number.range", "Number out of range"),
	row("money.range", "Amount out of range"),
	row("money.negative", "Negative amount"),
	row("money.unit", "Unit of an amount suspected"),
	row("money.part", "Part above the whole"),
	row("date.range", "Date out of range"),
	row("date.order", "Dates in the wrong order"),
	row("date.missing", "Date missing"),
	row("year.range", "Year out of range"),
	row("period.order", "Period ends before it begins"),
	row("parcel_code.form", "Form of a parcel code"),
	row("parcel.parent", "Parcel is its own parent"),
	row("park_code.form", "Form of a park code"),
	row("county.form", "Form of a county code"),
	row("park.county", "Park in another county than its name says"),
	row("uscc.form", "Credit code"),
	row("uscc.pilot", "Credit code of the pilot series"),
	row("industry.form", "Industry code"),
	row("use.scheme", "Land-use code without its scheme"),
	row("use.words", "Land use in words taken for its code"),
	row("use.form", "Form of a land-use code"),
	row("zone.level", "Level of a block line"),
	row("area.definition", "Area without a definition"),
	row("area.drawn", "Area against the drawn one"),
	row("area.zero", "Area is zero"),
	row("area.part", "Part above the whole"),
	row("far.order", "FAR limits swapped"),
	row("building.vacant", "Vacant above floor area"),
	row("storeys.range", "Storeys out of range"),
	row("storeys.low", "Storey too low"),
	row("storeys.footprint", "Ground floor above the footprint"),
	row("energy.basis", "Energy without a basis"),
	row("events.subject.missing", "Event without a subject"),
	row("target.order", "Target year before base year"),
	row("target_values.source", "Actual value of a target without a source"),
	row("target.growth", "Growth does not lead to the target"),
	row("shape.place", "Shape outside China"),
	row(geo.RuleEmpty, "Empty shape"),
	row(geo.RuleNumber, "Coordinate is not a number"),
	row(geo.RuleRange, "Coordinate out of range"),
	row(geo.RuleSize, "Too many points"),
	row(geo.RulePrecision, "Points too close"),
	row(geo.RuleOpen, "Ring not closed"),
	row(geo.RuleFewPoints, "Too few points"),
	row(geo.RuleSelfCross, "Ring crosses itself"),
	row(geo.RuleRepeated, "Repeated point"),
	row(geo.RuleOrientation, "Ring runs the wrong way"),
	row(geo.RuleRingsCross, "Rings cross"),
	row(geo.RuleHoleOutside, "Hole outside"),
	row(geo.RuleHoleNested, "Nested hole"),
	row(geo.RuleDisconnected, "Interior in pieces"),
	row(geo.RulePartsOverlap, "Parts overlap"),
}
