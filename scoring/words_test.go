package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

func TestEveryIdentifierHasAWord(t *testing.T) {
	for kind, ids := range map[string][]string{
		"effect": append([]string{"not_rated"}, scoring.Effects...),
		"reason": {
			"no_rule_set", "scale_unknown", "no_cohort", "no_figures", "within_contract",
			scoring.ReasonNoOccupancy, scoring.ReasonUnknownParcel, scoring.ReasonNotAllYear,
		},
		"cohort": scoring.Cohorts,
		"state":  parcels.ParcelStates,
		"idle":   {"", scoring.IdleUnstarted, scoring.IdleStalled, scoring.IdleWarning},
		"start": {
			scoring.StartFiled, scoring.StartCompleted, scoring.StartProduced, scoring.StartBuilding, scoring.StartState, scoring.StartOutput,
		},
		"exit_group": {"investment", "yield", "density"},
		"metric":     append(append([]string{}, scoring.ExitMetrics...), scoring.StockMetrics...),
		"aggregate":  {"mean", "min", "each"},
		"tenure":     parcels.Tenures,
		"class":      {"A", "B", "C", "D", "T"},
	} {
		for _, id := range ids {
			if !scoring.Named(kind, id) {
				t.Errorf("%s %q has no name", kind, id)
			}
		}
	}
}

func TestStepsAreNamed(t *testing.T) {
	book := ratingByTax(t, `
  groups: [{id: shoes, title: 鞋, title_en: Shoes, industries: ["195"]}]
  overrides:
    - {id: letting_below, when: {letting: true}, effect: add_points, first: -10, points: -5}
    - {id: direct_d, when: {event: illegal_building}, effect: set_class, class: D}
    - {id: follows_it, cohorts: [tenant], when: {tag: logistics}, effect: follow_owner, title: 物流随业主, title_en: Logistics}
`)
	rows := rated(2, func(i int) float64 { return float64(1000 / i) })
	tenant := firm(3, false)
	tenant.Tags = []string{"logistics"}
	rows.Firms, rows.Parcels = append(rows.Firms, tenant), append(rows.Parcels, plot(3, 10))
	rows.Occupancies = append(rows.Occupancies, holds(1, 3, "lease", m2(1)), holds(3, 3, "lease", m2(9000)))
	rows.Figures = append(rows.Figures, filed(3, 1, 1, 1, 1))
	rows.Events = []parcels.Event{event("illegal_building", 1, "2024-05-01")}
	s := run(t, rows, book, someDay)
	for parcel, want := range map[int]string{1: "加减分 = -10; 直接评为：D = B → D", 3: "随业主定级：物流随业主 = 不评级"} {
		var got []string
		e := explained(t, s, code(parcel))["class"]
		checkWords(t, code(parcel), &e)
		for _, o := range e.Inputs {
			if head, _, _ := strings.Cut(o.Name, "："); head != "加减分" && head != "直接评为" && head != "随业主定级" {
				continue
			}
			got = append(got, o.Name+" = "+o.Value)
			if o.NameEn == "" || o.ValueEn == "" {
				t.Errorf("%+v speaks no English", o)
			}
		}
		if text := strings.Join(got, "; "); text != want {
			t.Errorf("%s: %q, want %q", code(parcel), text, want)
		}
	}
}
