package admission

import (
	"math"

	"muchan/parcels"
	"muchan/scoring"
)

// Rank is where the project would stand as one more firm.
type Rank struct {
	By      string               `json:"by"` // tax_per_mu, output_per_mu or points
	Title   scoring.Text         `json:"title"`
	Unit    string               `json:"unit"`
	Value   parcels.Opt[float64] `json:"value"`  // the project's
	Rank    int                  `json:"rank"`   // 0 when it cannot be told
	Of      int                  `json:"of"`     // with the project
	Class   scoring.Class        `json:"class"`  // by points, before overrides; "" for the others
	Cohort  string               `json:"cohort"` // by points
	Group   string               `json:"group"`
	Items   []Item               `json:"items"` // by points
	Rule    *scoring.RuleRef     `json:"rule"`
	Note    scoring.Text         `json:"note"`
	Lacking int                  `json:"lacking"` // firms left out because the figure or the land is not known
}

// Item is one indicator of the project's points.
type Item struct {
	ID     string               `json:"id"`
	Title  scoring.Text         `json:"title"`
	Unit   string               `json:"unit"`
	Value  parcels.Opt[float64] `json:"value"`
	Base   float64              `json:"base"`
	Weight float64              `json:"weight"`
	Points float64              `json:"points"`
	Filled bool                 `json:"filled"` // the value is missing or its base not above 0, and the points come from the set's rule
}

// rank fills the three ranks.
func (r *Result) rank(w *where) {
	s, p := w.scores, w.project
	f := p.facts()
	tax := func(i int) parcels.Opt[float64] { return scoring.Over(money(s.Firms[i].TaxWan), s.Firms[i].LandMu) }
	output := func(i int) parcels.Opt[float64] {
		figures := s.Snapshot().FiguresOf(s.Firms[i].USCC, s.Year)
		if figures == nil {
			return parcels.Opt[float64]{}
		}
		return scoring.Over(money(figures.OutputWan), s.Firms[i].LandMu)
	}
	r.Ranks = []Rank{
		amongFirms(s, p, "tax_per_mu", f.TaxPerMu, tax),
		amongFirms(s, p, "output_per_mu", f.OutputPerMu, output),
		byPoints(w),
	}
	if rule := r.Ranks[2].Rule; rule != nil {
		r.Rules = append(r.Rules, *rule)
	}
}

// amongFirms ranks by a figure per mu among the firms of the park.
func amongFirms(s *scoring.Scores, p *Project, by string, value parcels.Opt[float64], of func(firm int) parcels.Opt[float64]) Rank {
	title, unit := scoring.IndicatorName(by)
	k := Rank{By: by, Title: title, Unit: unit, Value: value}
	own, ok := value.Get()
	better := 0
	for i := range s.Firms {
		if s.ParkOf(i) != p.Park {
			continue
		}
		v, known := of(i).Get()
		if !known {
			k.Lacking++
			continue
		}
		k.Of++
		if key(v) > key(own) {
			better++
		}
	}
	k.Of++
	if !ok {
		k.Of, k.Note = 0, scoring.Text{Zh: "缺少数据，无法排位", En: "the value is missing, so there is no rank"}
		return k
	}
	k.Rank = better + 1
	return k
}

// key makes values tie that differ by rounding, as the evaluation does.
func key(v float64) float64 { return math.Round(v * 1e9) }

// byPoints ranks by the points of the evaluation within the cohort and group the project would be in.
func byPoints(w *where) Rank {
	s, p := w.scores, w.project
	k := Rank{By: "points", Title: scoring.Text{Zh: "评价得分", En: "Points of the evaluation"}}
	set := w.set(scoring.KindEvaluation)
	if set == nil {
		k.Note = scoring.Text{Zh: "无适用的评价方案", En: "no evaluation set applies"}
		return k
	}
	ref := set.Ref()
	k.Rule = &ref
	above, known := p.AboveScale.Get()
	if !known {
		k.Note = scoring.Text{Zh: "未说明是否规上，无法确定评价组", En: "above or below scale is not stated, so the cohort is not known"}
		return k
	}
	cohort, group := set.Evaluation.CohortFor(above, p.LandMu, p.Industry)
	if cohort == nil {
		k.Note = scoring.Text{Zh: "方案未设该评价组", En: "the set has no such cohort"}
		return k
	}
	k.Cohort, k.Group = cohort.ID, group
	rivals, ranked := rivalsOf(s, set.ID, cohort, group)
	if len(rivals) == 0 {
		k.Note = scoring.Text{Zh: "评价组内无企业，无基准值", En: "the cohort has no firm, so there are no bases"}
		return k
	}
	if !k.score(s, p, set.Evaluation, cohort, rivals) {
		return k
	}
	better := 0
	for _, i := range ranked {
		if key(s.Firms[i].Points.Or(0)) > key(k.Value.Or(0)) {
			better++
		}
	}
	k.Rank, k.Of = better+1, len(ranked)+1
	k.Class = cohort.ClassOf(k.Rank, k.Of)
	k.Note = k.Note.And(scoring.Text{
		Zh: "基准值沿用本次评价，不因本项目改变；未计加减分、降级等情形",
		En: "the bases stay those of this evaluation; bonus, penalties and overrides are not in it",
	})
	return k
}

// rivalsOf lists the ranked firms of a cohort, and of these the ones in the group.
func rivalsOf(s *scoring.Scores, set string, cohort *scoring.Cohort, group string) (rivals, ranked []int) {
	for i := range s.Firms {
		f := &s.Firms[i]
		if f.RuleSet != set || f.Cohort != cohort.ID || f.Rank == 0 || len(f.Indicators) != len(cohort.Indicators) {
			continue
		}
		rivals = append(rivals, i)
		if f.Group == group {
			ranked = append(ranked, i)
		}
	}
	return rivals, ranked
}

// score fills items and value; it reports false where the set does not rate a project that lacks a figure. A base that is not above 0 rates
// nobody; the run fills such an item for every firm, and so is it filled here.
func (k *Rank) score(s *scoring.Scores, p *Project, e *scoring.Evaluation, cohort *scoring.Cohort, rivals []int) bool {
	sum := 0.0
	for n := range cohort.Indicators {
		in := &cohort.Indicators[n]
		given := s.Firms[rivals[0]].Indicators[n]
		title, titleEn, unit := scoring.IndicatorTitle(in.ID)
		item := Item{ID: in.ID, Title: scoring.Text{Zh: title, En: titleEn}, Unit: unit, Base: given.Base, Weight: given.Weight}
		item.Value = e.ValueOf(in.ID, parcels.Some(p.LandMu), p.TaxWan, &p.Figures)
		v, ok := item.Value.Get()
		switch {
		case ok && item.Base > 0:
			item.Points = scoring.ItemPoints(in, v, item.Base)
		case in.Missing == "not_rated" && !ok:
			k.Items = append(k.Items, item)
			k.Note = scoring.Text{Zh: "缺 " + title + "，按方案不予评级", En: titleEn + " is missing; the set does not rate without it"}
			return false
		default:
			item.Filled = true
			if ok {
				k.Note = k.Note.And(scoring.Text{
					Zh: title + "的基准值不大于 0，该项无法按比例计分，按方案的缺项办法计",
					En: "the base of " + titleEn + " is not above 0, so its points follow the set's rule for missing values",
				})
			}
			if in.Missing == "cohort_mean_points" {
				item.Points = meanPoints(s, rivals, n)
			}
		}
		sum += item.Points
		k.Items = append(k.Items, item)
	}
	k.Value = parcels.Some(sum)
	return true
}

// meanPoints is the cohort's mean of an item over the firms that have the value, 0 for none.
func meanPoints(s *scoring.Scores, rivals []int, item int) float64 {
	sum, n := 0.0, 0
	for _, i := range rivals {
		if it := &s.Firms[i].Indicators[item]; !it.Filled {
			sum, n = sum+it.Points, n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
