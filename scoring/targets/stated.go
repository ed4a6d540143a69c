package targets

import (
	"maps"
	"strconv"

	"muchan/parcels"
	"muchan/scoring"
)

// stated returns the actual values with those that bulletins and reports gave for the year in the place of what the firms on file make,
// which is said beside it. A stated value has been published, so everybody may see it.
func (in *Input) stated(computed map[string]Actual, known map[string]*parcels.Target) map[string]Actual {
	snap, out := in.Scores.Snapshot(), maps.Clone(computed)
	for i := range snap.TargetValues {
		v := &snap.TargetValues[i]
		t := known[v.Target]
		if v.Year != in.Scores.Year || t == nil {
			continue
		}
		a := Actual{Value: v.Value, Unit: t.Unit, Source: v.Source, Title: asReported, Note: scoring.Text{Zh: v.Note, En: v.Note}}
		if sum, ok := computed[v.Target].Value.Get(); ok {
			text := strconv.FormatFloat(sum, 'f', 2, 64) + " " + computed[v.Target].Unit
			a.remark("库内企业合计 "+text, "the firms on file come to "+text)
		}
		out[v.Target] = a
	}
	return out
}

var asReported = scoring.Text{Zh: "填报值", En: "as reported"}
