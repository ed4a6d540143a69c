package admission

import (
	"slices"
	"strconv"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// place tests where the project would stand against the lines on the map.
func place(s *scoring.Scores, p *Project, land int, set *scoring.RuleSet) []scoring.Judged {
	at, shape := site(s, p, land)
	red := redLine(s.Snapshot(), at, shape)
	block := blockLine(s.Snapshot(), at, set.Admission.BlockLevels)
	red.Rule, block.Rule = set.Ref(), set.Ref()
	red.Rule.Document, block.Rule.Document = set.Admission.RedDocument, set.Admission.BlockDocument
	return []scoring.Judged{red, block}
}

// site is the place a project names: a parcel's outline with a point on it, or a bare point; nil for none.
func site(s *scoring.Scores, p *Project, land int) (at *geo.Point, shape geo.Shape) {
	if land < 0 {
		return p.At, nil
	}
	shape = s.Snapshot().Parcels[land].Shape
	if on, ok := geo.PointOnSurface(shape); ok {
		return &on, shape
	}
	return nil, nil
}

var noPlace = scoring.Text{Zh: "未给出位置", En: "no place is given"}

func redLine(snap *parcels.Snapshot, at *geo.Point, shape geo.Shape) scoring.Judged {
	j := scoring.Judged{
		Indicator: "red_line", Title: scoring.Text{Zh: "生态保护红线", En: "Ecological red line"}, Clause: "三线一单", Outcome: scoring.Unknown,
	}
	any := false
	for i := range snap.Zones {
		z := &snap.Zones[i]
		if z.Kind != parcels.ZoneRedLine || len(z.Shape) == 0 {
			continue
		}
		any = true
		if at == nil {
			continue
		}
		if geo.Contains(z.Shape, *at) || touches(shape, z.Shape) {
			j.Outcome = scoring.Failed
			j.Inputs = append(j.Inputs, zoneOperand(z))
		}
	}
	switch {
	case at == nil:
		j.AddNote(noPlace)
	case !any:
		j.AddNote(scoring.Text{Zh: "库中无生态保护红线", En: "no red line is on file"})
	case j.Outcome == scoring.Failed:
		j.AddNote(scoring.Text{Zh: "占用或位于生态保护红线内", En: "overlaps the ecological red line"})
	default:
		j.Outcome = scoring.Passed
	}
	return j
}

// touches reports whether two shapes share an area. Where the overlay fails, the point on the parcel has decided.
func touches(a, b geo.Shape) bool {
	if len(a) == 0 {
		return false
	}
	shared, err := geo.Intersection(a, b)
	return err == nil && len(shared) > 0
}

func blockLine(snap *parcels.Snapshot, at *geo.Point, levels []int) scoring.Judged {
	j := scoring.Judged{
		Indicator: "block_line", Title: scoring.Text{Zh: "工业产业区块线", En: "Industrial block line"}, Clause: "一级、二级控制线", Outcome: scoring.Unknown,
	}
	if at == nil {
		j.AddNote(noPlace)
		return j
	}
	for i := range snap.Zones {
		z := &snap.Zones[i]
		if z.Kind == parcels.ZoneBlockLine && slices.Contains(levels, z.Level) && geo.Contains(z.Shape, *at) {
			j.Outcome = scoring.Passed
			j.Inputs = append(j.Inputs, zoneOperand(z))
		}
	}
	if j.Outcome != scoring.Passed {
		j.AddNote(scoring.Text{
			Zh: "不在区块线一、二级控制线内：未见禁止性规定，须由自然资源主管部门确认",
			En: "outside the block lines: nothing that was found forbids it; the natural resources authority must confirm",
		})
	}
	return j
}

func zoneOperand(z *parcels.Zone) scoring.Operand {
	o := scoring.Operand{Name: z.Name, NameEn: z.Name, Value: z.ID, Source: "zones " + z.ID}
	if z.Level > 0 {
		o.Value, o.ValueEn = strconv.Itoa(z.Level)+" 级", "level "+strconv.Itoa(z.Level)
	}
	return o
}
