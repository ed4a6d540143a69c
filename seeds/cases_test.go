package seeds_test

import (
	"math"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/seeds"
)

// stage is what a test of a case looks at.
type stage struct {
	parcel    *parcels.Parcel
	firm      *parcels.Firm
	figures   map[int]*parcels.Figures
	buildings []*parcels.Building
	uses      []*parcels.Occupancy
	events    []*parcels.Event
}

// stages gathers what belongs to each case, by its ID. Ended editions are left out.
func stages(t *testing.T) map[string]*stage {
	t.Helper()
	rows, _ := demoRows(t)
	cases, err := seeds.Cases()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*stage{}
	for _, c := range cases {
		if c.AsOf.String() != seeds.CasesAsOf || c.Shows == "" || c.ShowsEn == "" || byID[c.ID] != nil {
			t.Errorf("case %+v", c)
		}
		s := &stage{figures: map[int]*parcels.Figures{}}
		byID[c.ID] = s
		for i := range rows.Parcels {
			if p := &rows.Parcels[i]; p.Code == c.Parcel && !p.ValidTo.OK() {
				s.parcel = p
			}
		}
		for i := range rows.Firms {
			if rows.Firms[i].USCC == c.USCC {
				s.firm = &rows.Firms[i]
			}
		}
		for i := range rows.Figures {
			if rows.Figures[i].USCC == c.USCC {
				s.figures[rows.Figures[i].Year] = &rows.Figures[i]
			}
		}
		for i := range rows.Buildings {
			if rows.Buildings[i].Parcel == c.Parcel && c.Parcel != "" {
				s.buildings = append(s.buildings, &rows.Buildings[i])
			}
		}
		for i := range rows.Occupancies {
			if rows.Occupancies[i].Parcel == c.Parcel && c.Parcel != "" {
				s.uses = append(s.uses, &rows.Occupancies[i])
			}
		}
		for i := range rows.Events {
			if e := &rows.Events[i]; e.USCC == c.USCC && c.USCC != "" || e.Parcel == c.Parcel && c.Parcel != "" {
				s.events = append(s.events, e)
			}
		}
		if (c.Parcel != "") != (s.parcel != nil) || (c.USCC != "") != (s.firm != nil) {
			t.Errorf("case %s names a parcel or firm that is not there", c.ID)
		}
	}
	return byID
}

func TestIdleCasesStandAtTheirBoundary(t *testing.T) {
	all := stages(t)
	asOf := parcels.MustDate(seeds.CasesAsOf)
	for id, want := range map[string]parcels.Date{
		"idle-1-day-before": asOf + 1, "idle-1-on-the-day": asOf, "idle-warning-90-days": asOf + 90, "idle-warning-91-days": asOf + 91,
		"idle-1-leap-day": parcels.MustDate("2025-03-01"), "idle-1-worked-example": parcels.MustDate("2024-03-01"),
	} {
		c := all[id].parcel.Contract
		if got := c.DueStartOn.AddYears(1); got != want || c.StartedOn.OK() {
			t.Errorf("%s is idle from %s, want %s", id, got, want)
		}
	}
	for id, want := range map[string]parcels.Date{"idle-1-two-years-less-a-day": asOf + 1, "idle-1-two-years": asOf} {
		if got := all[id].parcel.Contract.DueStartOn.AddYears(2); got != want {
			t.Errorf("%s is two years past on %s, want %s", id, got, want)
		}
	}
	if c := all["idle-1-no-due-start"].parcel.Contract; c.DueStartOn.OK() || c.HandedOverOn.AddYears(2) != asOf {
		t.Errorf("no due start: handed over %s", c.HandedOverOn)
	}
	for id, want := range map[string]struct {
		third, quarter int // of the share to its limit: -1 below, 0 at, 1 above
		year           bool
	}{
		"idle-2-exactly-a-third":      {0, 1, true},
		"idle-2-below-a-third":        {-1, 1, true},
		"idle-2-exactly-a-quarter":    {1, 0, true},
		"idle-2-below-a-quarter":      {1, -1, true},
		"idle-2-suspended-less-a-day": {-1, -1, false},
		"idle-2-land-price-left-out":  {1, -1, true},
		"idle-2-government-cause":     {-1, -1, true},
	} {
		c := all[id].parcel.Contract
		third := sign(3*c.DevelopedM2.Or(0) - c.ToDevelopM2.Or(0))
		quarter := sign(float64(4*c.InvestedBuildWan.Or(0) - c.TotalBuildWan.Or(0)))
		if third != want.third || quarter != want.quarter || (c.SuspendedOn.AddYears(1) <= asOf) != want.year {
			t.Errorf("%s: developed %v of %v m², invested %s of %s 万元, suspended %s", id,
				c.DevelopedM2.Or(0), c.ToDevelopM2.Or(0), c.InvestedBuildWan.Or(0), c.TotalBuildWan.Or(0), c.SuspendedOn)
		}
	}
	if c := all["idle-2-land-price-left-out"].parcel.Contract; 4*c.FAIWan.Or(0) <= c.AgreedFAIWan.Or(0) {
		t.Error("with the land price the investment should be above a quarter")
	}
}

func sign(x float64) int {
	switch {
	case math.Abs(x) < 1e-9:
		return 0
	case x < 0:
		return -1
	}
	return 1
}

func TestYieldCasesStandAtTheirBoundary(t *testing.T) {
	all := stages(t)
	for id, want := range map[string]float64{
		"band-below-5": 4.9999, "band-at-5": 5, "band-below-20": 19.9999, "band-at-20": 20, "band-other-park": 4.9999,
		"exit-at-agreed-values": 12,
	} {
		s := all[id]
		sum := parcels.Wan(0)
		for year := 2023; year <= 2025; year++ {
			sum += paid(s.figures[year])
		}
		if got := sum.Float() / 3 / (s.parcel.TitleAreaM2.Or(0) * 3 / 2000); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s pays %v 万元/亩, want %v", id, got, want)
		}
	}
	if mu := all["band-small-land"].parcel.TitleAreaM2.Or(0) * 3 / 2000; mu >= 5 || math.Abs(mu-4.99) > 1e-4 {
		t.Errorf("small land has %v 亩, want 4.99", mu)
	}
	if mu := all["band-5-mu"].parcel.TitleAreaM2.Or(0) * 3 / 2000; mu < 5 || mu > 5.0001 {
		t.Errorf("5 mu has %v 亩", mu)
	}
}

func TestDensityCases(t *testing.T) {
	all := stages(t)
	for id, want := range map[string]float64{
		"far-doubled": 1, "far-8.00": 0.7, "far-8.01": 1, "far-low": 0.79, "far-high": 1.51, "far-renewed": 2.2,
	} {
		sum := 0.0
		for _, b := range all[id].buildings {
			for _, st := range b.Storeys {
				sum += st.FloorM2
				if st.HeightM > 8 {
					sum += st.FloorM2
				}
			}
		}
		if got := sum / all[id].parcel.TitleAreaM2.Or(0); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s has a floor-area ratio of %v, want %v", id, got, want)
		}
	}
	for id, want := range map[string]float64{"office-share-7.00": 0.07, "office-share-7.01": 0.0701} {
		p := all[id].parcel
		if got := p.OfficeLandM2.Or(0) / p.TitleAreaM2.Or(0); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %v", id, got)
		}
	}
}

func TestLettingCases(t *testing.T) {
	all := stages(t)
	var mu []float64
	for _, o := range all["lease-split"].uses {
		mu = append(mu, 30*o.FloorM2.Or(0)/20000)
	}
	if len(mu) != 3 || mu[0]+mu[1]+mu[2] != 30 || min(mu[0], mu[1], mu[2]) != 7.5 || max(mu[0], mu[1], mu[2]) != 13.5 {
		t.Errorf("the lease split is %v, want 13.5, 7.5 and 9", mu)
	}
	for id, want := range map[string]struct {
		above   bool
		tenants int
	}{"lease-above-one": {true, 1}, "lease-above-three": {true, 3}, "lease-below-three": {false, 3}} {
		s := all[id]
		tenants := 0
		for _, o := range s.uses {
			if o.Tenure == "lease" {
				tenants++
			}
		}
		if s.firm.AboveScale.Or(false) != want.above || tenants != want.tenants {
			t.Errorf("%s: above scale %v, %d tenants", id, s.firm.AboveScale.Or(false), tenants)
		}
	}
}

func TestFirmCases(t *testing.T) {
	all := stages(t)
	f := func(id string) *parcels.Figures { return all[id].figures[2025] }
	if f("firm-no-tax").VATWan.OK() || !f("firm-no-tax").OutputWan.OK() {
		t.Error("firm-no-tax should have output and no tax")
	}
	if f("firm-no-figures") != nil || all["firm-no-figures"].figures[2024] == nil {
		t.Error("firm-no-figures should have figures until 2024")
	}
	if f("firm-no-emissions").EmissionsT.OK() || f("firm-negative-value-added").ValueAddedWan.Or(0) >= 0 {
		t.Error("emissions should be missing, value added negative")
	}
	if c := f("firm-exporter"); c.ExportCreditWan.Or(0) <= paid(c) {
		t.Error("the exporter's credit should be above its taxes")
	}
	if f("firm-vat-refund").VATRefundWan.Or(0) != 120*parcels.FenPerWan {
		t.Error("the refund should be 120")
	}
	if s := all["firm-without-land"]; len(s.uses) != 0 || s.parcel != nil || s.figures[2025] == nil {
		t.Error("firm-without-land should have figures only")
	}
	if s := all["land-without-firm"]; len(s.uses) != 0 || len(s.buildings) == 0 {
		t.Error("land-without-firm should have buildings only")
	}
	if code := all["firm-legacy-code"].firm.USCC; !strings.HasPrefix(code[8:], "M000") {
		t.Errorf("the legacy code is %s", code)
	}
	for id, kind := range map[string]string{"firm-accident": "safety_accident", "firm-champion": "bonus", "firm-exempted": "exempted", "firm-illegal-building": "illegal_building"} {
		if e := all[id].events; len(e) != 1 || e[0].Kind != kind || e[0].Document == "" {
			t.Errorf("%s has the events %v", id, e)
		}
	}
}

func TestLineageCases(t *testing.T) {
	all := stages(t)
	rows, _ := demoRows(t)
	parents := map[string][]string{}
	ended := map[string]parcels.Date{}
	editions := map[string]int{}
	for i := range rows.Parcels {
		p := &rows.Parcels[i]
		parents[p.Code] = append(parents[p.Code], p.Parents...)
		ended[p.Code] = max(ended[p.Code], p.ValidTo)
		editions[p.Code]++
	}
	first, second := all["land-split-first"].parcel, all["land-split-second"].parcel
	if len(parents[first.Code]) != 1 || parents[first.Code][0] != parents[second.Code][0] || ended[parents[first.Code][0]] != first.ValidFrom {
		t.Errorf("the split: parents %v and %v", parents[first.Code], parents[second.Code])
	}
	for i := range rows.Parcels {
		if rows.Parcels[i].Code == first.Parents[0] && len(rows.Parcels[i].Shape) != 1 {
			t.Error("the two parts of the split do not touch")
		}
	}
	if merged := all["land-merged"].parcel; len(merged.Parents) != 2 || ended[merged.Parents[1]] != merged.ValidFrom {
		t.Errorf("the merged parcel has the parents %v", merged.Parents)
	}
	if corrected := all["land-new-edition"].parcel; editions[corrected.Code] != 2 {
		t.Errorf("the corrected parcel has %d editions", editions[corrected.Code])
	}
	if other := all["land-other-county"].parcel; other.Park != "QM" || !strings.HasPrefix(other.Code, "350583") {
		t.Errorf("%s should have another county's prefix", other.Code)
	}
}

// On whatever day of the next years the demonstration is looked at, some land is idle and some is about to be.
func TestSomeLandIsAlwaysComingDue(t *testing.T) {
	rows, _ := demoRows(t)
	for day := parcels.MustDate("2026-06-30"); day < parcels.MustDate("2028-12-31"); day += 7 {
		idle, warned := 0, 0
		for i := range rows.Parcels {
			c := rows.Parcels[i].Contract
			if !c.DueStartOn.OK() || c.StartedOn.OK() {
				continue
			}
			switch left := c.DueStartOn.AddYears(1) - day; {
			case left <= 0:
				idle++
			case left <= 90:
				warned++
			}
		}
		if idle == 0 || warned == 0 {
			t.Errorf("on %s %d parcels are idle and %d about to be", day, idle, warned)
		}
	}
}
