package admission

import (
	"errors"
	"slices"
	"strconv"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// place tests where the project would stand against the lines on the map.
func (w *where) place(set *scoring.RuleSet) []scoring.Judged {
	red, block := w.redLine(), w.blockLine(set.Admission.BlockLevels)
	red.Rule, block.Rule = set.Ref(), set.Ref()
	red.Rule.Document, block.Rule.Document = set.Admission.RedDocument, set.Admission.BlockDocument
	return []scoring.Judged{red, block}
}

var (
	noPlace    = scoring.Text{Zh: "未给出位置", En: "no place is given"}
	noBoundary = scoring.Text{
		Zh: "园区边界未入库，无法核对该点是否在园区内", En: "the park's boundary is not on file, so nobody can say whether the point lies in the park",
	}
	noOverlay = scoring.Text{Zh: "图形叠加失败，未能判断是否占用", En: "the overlay failed, so nobody can say whether the land overlaps it"}
)

// redLine fails what overlaps the ecological red line by more than a drawing error, and decides nothing where that cannot be computed.
func (w *where) redLine() scoring.Judged {
	j := scoring.Judged{
		Indicator: "red_line", Title: scoring.Text{Zh: "生态保护红线", En: "Ecological red line"}, Clause: "三线一单", Outcome: scoring.Unknown,
	}
	lines := w.zones(func(z *parcels.Zone) bool { return z.Kind == parcels.ZoneRedLine && len(z.Shape) > 0 })
	switch {
	case w.at == nil:
		j.AddNote(noPlace)
		return j
	case len(lines) == 0:
		j.AddNote(scoring.Text{Zh: "库中无生态保护红线", En: "no red line is on file"})
		return j
	}
	m2, failed := 0.0, false
	for _, z := range lines {
		shared, err := w.inside(z)
		failed = failed || err != nil
		if m2 += shared; shared > 0 {
			j.Inputs = append(j.Inputs, zoneOperand(z))
		}
	}
	switch {
	case m2 > scoring.RedLineSlackM2:
		j.Outcome = scoring.Failed
		j.AddNote(scoring.Text{Zh: "占用或位于生态保护红线内", En: "overlaps the ecological red line"})
	case failed:
		j.AddNote(noOverlay)
	case !w.checked:
		j.AddNote(noBoundary)
	default:
		j.Outcome = scoring.Passed
	}
	return j
}

// inside is the area in m² of the place inside a zone; a point inside counts as all there is. It fails where the area cannot be told:
// an outline that is not valid has none, though the overlay may well return something.
func (w *where) inside(z *parcels.Zone) (m2 float64, err error) {
	if v := geo.Check(z.Shape); !v.Valid {
		return 0, errors.New(v.Rule)
	}
	if w.shape != nil {
		var shared geo.Shape
		if shared, err = geo.Intersection(w.shape, z.Shape); err == nil {
			return float64(geo.Area(shared)), nil
		}
	}
	if geo.Contains(z.Shape, *w.at) {
		return w.project.LandMu * geo.M2PerMu, nil
	}
	return 0, err
}

func (w *where) blockLine(levels []int) scoring.Judged {
	j := scoring.Judged{
		Indicator: "block_line", Title: scoring.Text{Zh: "工业产业区块线", En: "Industrial block line"}, Clause: "一级、二级控制线", Outcome: scoring.Unknown,
	}
	switch {
	case w.at == nil:
		j.AddNote(noPlace)
		return j
	case !w.checked:
		j.AddNote(noBoundary)
		return j
	}
	lines := w.zones(func(z *parcels.Zone) bool { return z.Kind == parcels.ZoneBlockLine && slices.Contains(levels, z.Level) })
	for _, z := range lines {
		if geo.Contains(z.Shape, *w.at) {
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

// zones lists the zones in force that are meant.
func (w *where) zones(meant func(*parcels.Zone) bool) []*parcels.Zone {
	var out []*parcels.Zone
	snap := w.scores.Snapshot()
	for i := range snap.Zones {
		if z := &snap.Zones[i]; w.scores.InForce(z) && meant(z) {
			out = append(out, z)
		}
	}
	return out
}

func zoneOperand(z *parcels.Zone) scoring.Operand {
	o := scoring.Operand{Name: z.Name, NameEn: z.Name, Value: z.ID, Source: "zones " + z.ID}
	if z.Level > 0 {
		o.Value, o.ValueEn = strconv.Itoa(z.Level)+" 级", "level "+strconv.Itoa(z.Level)
	}
	return o
}
