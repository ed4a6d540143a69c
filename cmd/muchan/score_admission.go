package main

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/spf13/cobra"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/admission"
)

// admissionFlags are a proposed project; NaN is a number that was not given.
type admissionFlags struct {
	park, industry, parcel, tier string
	aboveScale                   bool
	numbers                      map[string]*float64
}

// projectNumbers are the flags that hold a number, with what they mean.
var projectNumbers = []struct{ name, usage string }{
	{"land-mu", "land, mu"},
	{"floor-m2", "floor area, m²"},
	{"far-floor-m2", "floor area as the ratio counts it, storeys above 8 m twice, m²"},
	{"built-ground-m2", "ground of buildings, structures and open yards, m²"},
	{"office-land-m2", "land of offices and staff services, m²"},
	{"office-floor-m2", "floor area of offices and staff services, m²"},
	{"green-m2", "green, m²"},
	{"fai-wan", "fixed-asset investment, land price included, 万元"},
	{"output-wan", "output of a year at full production, 万元"},
	{"revenue-wan", "revenue, 万元"},
	{"value-added-wan", "value added, 万元"},
	{"tax-wan", "tax as the evaluation sums it, 万元"},
	{"rd-wan", "R&D, 万元"},
	{"energy-tce", "energy, tonnes of standard coal"},
	{"staff", "mean staff"},
}

func (p *program) admissionCommand(f *scoreFlags) *cobra.Command {
	a := admissionFlags{numbers: map[string]*float64{}}
	c := &cobra.Command{
		Use:   "admission",
		Short: "Test a proposed project before it is let in, and say where it would rank among the park's firms",
		Long: `Compares a project with the control indicators, the admission values and the limits of its place, each passed, failed or not to be
told, with its margin and document. A computation for reference: letting in is the authority's act, and nothing is stored.`,
		Example: `  muchan score admission --park QM --industry 3921 --land-mu 30 --fai-wan 12000 --output-wan 20000 --tax-wan 800 --above-scale`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			for _, n := range projectNumbers {
				if v := *a.numbers[n.name]; c.Flags().Changed(n.name) && (math.IsNaN(v) || math.IsInf(v, 0)) {
					return usageError{fmt.Errorf("--%s must be a number", n.name)}
				}
			}
			return p.admission(c.Context(), f, &a, c.Flags().Changed("above-scale"))
		},
	}
	c.Flags().StringVar(&a.park, "park", "", "code of the park")
	c.Flags().StringVar(&a.industry, "industry", "", "industry by GB/T 4754-2017")
	c.Flags().StringVar(&a.parcel, "parcel", "", "code of the land, for the limits of its place")
	c.Flags().StringVar(&a.tier, "tier", "", "tier of the admission values; the set's own when not given")
	c.Flags().BoolVar(&a.aboveScale, "above-scale", false, "the firm will be above scale (规上)")
	for _, n := range projectNumbers {
		a.numbers[n.name] = c.Flags().Float64(n.name, math.NaN(), n.usage)
	}
	return c
}

func (a *admissionFlags) number(name string) parcels.Opt[float64] {
	if v := *a.numbers[name]; !math.IsNaN(v) {
		return parcels.Some(v)
	}
	return parcels.Opt[float64]{}
}

// project makes the project of the flags, and says what is wrong with it.
func (a *admissionFlags) project(scaleKnown bool) (*admission.Project, error) {
	project := &admission.Project{
		Park: a.park, Industry: parcels.NormaliseIndustry(a.industry), Parcel: a.parcel, Tier: a.tier, LandMu: a.number("land-mu").Or(0),
		FloorM2: a.number("floor-m2"), FARFloorM2: a.number("far-floor-m2"), BuiltGroundM2: a.number("built-ground-m2"),
		OfficeLandM2: a.number("office-land-m2"), OfficeFloorM2: a.number("office-floor-m2"), GreenM2: a.number("green-m2"),
	}
	if scaleKnown {
		project.AboveScale = parcels.Some(a.aboveScale)
	}
	project.Figures.EnergyTce, project.Figures.Staff = a.number("energy-tce"), a.number("staff")
	for _, m := range []struct {
		name string
		to   *parcels.Opt[parcels.Wan]
	}{
		{"fai-wan", &project.FAIWan},
		{"output-wan", &project.Figures.OutputWan},
		{"revenue-wan", &project.Figures.RevenueWan},
		{"value-added-wan", &project.Figures.ValueAddedWan},
		{"tax-wan", &project.TaxWan},
		{"rd-wan", &project.Figures.RDWan},
	} {
		v, ok := a.number(m.name).Get()
		if !ok {
			continue
		}
		wan, err := parcels.WanOf(v)
		if err != nil {
			return nil, usageError{fmt.Errorf("--%s: %w", m.name, err)}
		}
		*m.to = parcels.Some(wan)
	}
	if found := project.Check(); len(found) > 0 {
		return nil, usageError{fmt.Errorf("%s: %s", found[0].Member, found[0].Reason.En)}
	}
	return project, nil
}

func (p *program) admission(ctx context.Context, f *scoreFlags, a *admissionFlags, scaleKnown bool) error {
	project, err := a.project(scaleKnown)
	if err != nil {
		return err
	}
	scores, err := p.scoresFor(ctx, f)
	if err != nil {
		return err
	}
	result, err := admission.Try(scores, project)
	if err != nil {
		return err
	}
	if f.json {
		return printJSON(p.stdout, result)
	}
	return p.printAdmission(result, f.tongue)
}

// outcomeWords name how a test came out.
var outcomeWords = map[string]string{"passed": "符合", "failed": "不符合", "unknown": "无法判断"}

var (
	admissionColumns = []scoring.Text{
		{Zh: "指标", En: "Indicator"}, {Zh: "结果", En: "Result"}, {Zh: "项目值", En: "Project"}, {Zh: "限值", En: "Limit"}, {Zh: "余量", En: "Margin"},
		{Zh: "单位", En: "Unit"}, {Zh: "依据", En: "Ground"},
	}
	rankColumns = []scoring.Text{
		{Zh: "位次依据", En: "Ranked by"}, {Zh: "项目值", En: "Project"}, {Zh: "单位", En: "Unit"}, {Zh: "名次", En: "Rank"}, {Zh: "等级", En: "Class"},
		{Zh: "说明", En: "Note"},
	}
)

func (p *program) printAdmission(r *admission.Result, l tongue) error {
	var rows [][]string
	for i := range r.Tests {
		t := &r.Tests[i]
		rows = append(rows, []string{
			l.of(t.Title), l.say(outcomeWords[t.Outcome], t.Outcome), digits(t.Value), digits(t.Limit), digits(t.Margin), t.Unit,
			t.Rule.Document + " " + t.Clause + " " + l.of(t.Note),
		})
	}
	if err := printTable(p.stdout, l.header(admissionColumns), rows); err != nil {
		return err
	}
	rows = nil
	for i := range r.Ranks {
		k := &r.Ranks[i]
		rank := "—"
		if k.Rank > 0 {
			rank = strconv.Itoa(k.Rank) + "/" + strconv.Itoa(k.Of)
		}
		rows = append(rows, []string{l.of(k.Title), digits(k.Value), k.Unit, rank, className(k.Class), l.of(k.Note)})
	}
	if err := printTable(p.stdout, l.header(rankColumns), rows); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, l.say(
		"符合 %d 项，不符合 %d 项，无法判断 %d 项；测算结果供参考，是否准入由管委会决定\n",
		"%d passed, %d failed, %d not to be told; for reference only: letting in is the authority's decision\n"), r.Passed, r.Failed, r.Unknown)
	return err
}
