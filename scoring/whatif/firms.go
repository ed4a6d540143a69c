package whatif

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

// FirmChange is a firm whose class differs, and why.
type FirmChange struct {
	USCC   string         `json:"uscc"`
	Name   string         `json:"name"`
	Before Standing       `json:"before"`
	After  Standing       `json:"after"`
	Items  []ItemChange   `json:"items"` // indicators whose points differ, by ID; nil in a brief answer
	Why    []scoring.Text `json:"why"`
}

// Standing is where a firm stands in one run.
type Standing struct {
	Class  scoring.Class        `json:"class"`
	Points parcels.Opt[float64] `json:"points"`
	Rank   int                  `json:"rank"` // 0 when not ranked
	Of     int                  `json:"of"`
	Set    string               `json:"rule_set"`
	Cohort string               `json:"cohort"`
	Group  string               `json:"group"`
}

// ItemChange is an indicator of both runs; a side where the cohort does not have it is missing.
type ItemChange struct {
	ID           string               `json:"id"`
	Title        scoring.Text         `json:"title"`
	ValueBefore  parcels.Opt[float64] `json:"value_before"`
	ValueAfter   parcels.Opt[float64] `json:"value_after"`
	BaseBefore   parcels.Opt[float64] `json:"base_before"`
	BaseAfter    parcels.Opt[float64] `json:"base_after"`
	WeightBefore parcels.Opt[float64] `json:"weight_before"`
	WeightAfter  parcels.Opt[float64] `json:"weight_after"`
	PointsBefore parcels.Opt[float64] `json:"points_before"`
	PointsAfter  parcels.Opt[float64] `json:"points_after"`
}

// same is how far two points may lie apart and be one; ranking ties at the same distance.
const same = 1e-9

func standing(f *scoring.FirmScore) Standing {
	return Standing{Class: f.Class, Points: f.Points, Rank: f.Rank, Of: f.Of, Set: f.RuleSet, Cohort: f.Cohort, Group: f.Group}
}

func (d *difference) firm(f int) {
	b, a := &d.before.Firms[f], &d.after.Firms[f]
	d.out.Firms.add(b.Class, a.Class)
	if differ(b.Points, a.Points) {
		d.out.PointsMoved++
	}
	if b.Rank != a.Rank || b.Of != a.Of {
		d.out.RankMoved++
	}
	if b.Class == a.Class {
		return
	}
	note(d.window, &d.out.FirmChanges, &d.out.Totals.FirmChanges, func() FirmChange {
		name := d.after.Snapshot().Firms[f].Name
		c := FirmChange{USCC: a.USCC, Name: name, Before: standing(b), After: standing(a), Why: d.why(f)}
		if !d.brief {
			c.Items = d.items(f)
		}
		return c
	})
}

func differ(x, y parcels.Opt[float64]) bool {
	v, okV := x.Get()
	w, okW := y.Get()
	return okV != okW || math.Abs(v-w) > same
}

func (d *difference) items(f int) []ItemChange {
	b, a := &d.before.Firms[f], &d.after.Firms[f]
	out := []ItemChange{}
	find := func(list []scoring.IndicatorScore, id string) *scoring.IndicatorScore {
		if i := slices.IndexFunc(list, func(s scoring.IndicatorScore) bool { return s.ID == id }); i >= 0 {
			return &list[i]
		}
		return nil
	}
	var ids []string
	for _, list := range [][]scoring.IndicatorScore{b.Indicators, a.Indicators} {
		for i := range list {
			ids = append(ids, list[i].ID)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		zh, en, _ := d.after.IndicatorTitle(f, id)
		if zh == "" {
			zh, en, _ = d.before.IndicatorTitle(f, id)
		}
		c := ItemChange{ID: id, Title: scoring.Text{Zh: zh, En: en}}
		if i := find(b.Indicators, id); i != nil {
			c.ValueBefore, c.BaseBefore = i.Value, parcels.Some(i.Base)
			c.WeightBefore, c.PointsBefore = parcels.Some(i.Weight), parcels.Some(i.Points)
		}
		if i := find(a.Indicators, id); i != nil {
			c.ValueAfter, c.BaseAfter = i.Value, parcels.Some(i.Base)
			c.WeightAfter, c.PointsAfter = parcels.Some(i.Weight), parcels.Some(i.Points)
		}
		if differ(c.PointsBefore, c.PointsAfter) {
			out = append(out, c)
		}
	}
	return out
}

// why says what made the class of a firm differ: another set or cohort, being ranked or not, the rank, the cut-off, a step.
func (d *difference) why(f int) []scoring.Text {
	b, a := &d.before.Firms[f], &d.after.Firms[f]
	why := []scoring.Text{}
	say := func(zh, en string, args ...any) {
		why = append(why, scoring.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)})
	}
	if b.RuleSet != a.RuleSet {
		say("适用方案由 %s 改为 %s", "rated by %s before and by %s after", orNone(b.RuleSet), orNone(a.RuleSet))
	}
	if b.Cohort != a.Cohort || b.Group != a.Group {
		was, is := d.before.CohortText(f), d.after.CohortText(f)
		why = append(why, scoring.Text{Zh: "评价组由“" + was.Zh + "”变为“" + is.Zh + "”", En: "moved from the cohort " + was.En + " to " + is.En})
	}
	switch {
	case b.Rank > 0 && a.Rank > 0:
		why = append(why, d.ranked(f)...)
	case b.Rank > 0:
		say("原名次 %d/%d，改后不参加排名", "was ranked %d of %d and is not ranked any more", b.Rank, b.Of)
	case a.Rank > 0:
		say("原不参加排名，改后名次 %d/%d", "was not ranked and is ranked %d of %d", a.Rank, a.Of)
	}
	return append(why, d.steps(f)...)
}

func orNone(id string) string {
	if id == "" {
		return "-"
	}
	return id
}

// ranked tells what the rank did from what the cut-offs did: the class of the new rank by the old cut-offs stands between the two.
func (d *difference) ranked(f int) (why []scoring.Text) {
	b, a := &d.before.Firms[f], &d.after.Firms[f]
	old, now := cohortOf(d.books[0], b), cohortOf(d.books[1], a)
	was, between, is := old.ClassOf(b.Rank, b.Of), old.ClassOf(a.Rank, a.Of), now.ClassOf(a.Rank, a.Of)
	if was != between {
		cause := scoring.Text{Zh: "得分 " + number(b.Points) + " → " + number(a.Points), En: "points " + number(b.Points) + " → " + number(a.Points)}
		if !differ(b.Points, a.Points) {
			cause = scoring.Text{Zh: "本身得分未变，其他企业的得分或家数变了", En: "its points are the same; those of others, or their number, changed"}
		}
		why = append(why, scoring.Text{
			Zh: fmt.Sprintf("%s，名次 %d/%d → %d/%d，按原分档由 %s 变为 %s", cause.Zh, b.Rank, b.Of, a.Rank, a.Of, was, between),
			En: fmt.Sprintf("%s, rank %d/%d → %d/%d: %s to %s by the old cut-offs", cause.En, b.Rank, b.Of, a.Rank, a.Of, was, between),
		})
	}
	if between != is {
		why = append(why, scoring.Text{
			Zh: fmt.Sprintf("分档线由 %s 改为 %s，名次 %d/%d（%s%%）由 %s 变为 %s", bounds(old), bounds(now), a.Rank, a.Of, share(a), between, is),
			En: fmt.Sprintf("the cut-offs changed from %s to %s: rank %d/%d (%s %%) is %s and no longer %s", bounds(old), bounds(now), a.Rank, a.Of, share(a), is, between),
		})
	}
	return why
}

func number(o parcels.Opt[float64]) string {
	v, ok := o.Get()
	if !ok {
		return "-"
	}
	return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64)
}

func share(f *scoring.FirmScore) string {
	return strconv.FormatFloat(math.Round(1e4*float64(f.Rank)/float64(f.Of))/100, 'f', -1, 64)
}

// bounds writes cut-offs as "A 20% B 60%".
func bounds(c *scoring.Cohort) string {
	parts := make([]string, len(c.Bounds))
	for i, b := range c.Bounds {
		parts[i] = string(b.Class) + " " + strconv.FormatFloat(math.Round(1e4*b.Upto.Float())/100, 'f', -1, 64) + "%"
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, " ")
}

// cohortOf finds the cohort a ranked firm was rated in.
func cohortOf(book scoring.Book, f *scoring.FirmScore) *scoring.Cohort {
	set := &book.Sets[indexOf(book, f.RuleSet)]
	i := slices.IndexFunc(set.Evaluation.Cohorts, func(c scoring.Cohort) bool { return c.ID == f.Cohort })
	return &set.Evaluation.Cohorts[i]
}

// steps lists overrides that are no longer applied, then those that were not before. The same override between other classes is both.
func (d *difference) steps(f int) (why []scoring.Text) {
	b, a := d.before.Firms[f].Steps, d.after.Firms[f].Steps
	for k := range b {
		if !slices.Contains(a, b[k]) {
			t := d.before.StepText(f, k)
			why = append(why, scoring.Text{Zh: "原有：" + t.Zh, En: "before: " + t.En})
		}
	}
	for k := range a {
		if !slices.Contains(b, a[k]) {
			t := d.after.StepText(f, k)
			why = append(why, scoring.Text{Zh: "改后：" + t.Zh, En: "after: " + t.En})
		}
	}
	return why
}
