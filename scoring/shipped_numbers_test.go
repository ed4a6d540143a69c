package scoring_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// same compares what a set says, row by row, with what is written here.
func same(t *testing.T, got []string, want string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(want), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
	for i := range got {
		got[i] = strings.TrimSpace(got[i])
	}
	if !slices.Equal(got, lines) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(lines, "\n"))
	}
}

// Every number of the default scheme, as domain §3.9 and §3.6 have it.
func TestNumbersOfTheDefaultScheme(t *testing.T) {
	set := shippedSet(t, "evaluation.default")
	e := set.Evaluation
	got := []string{fmt.Sprintln(e.Tax, e.EnergyBasis, e.SmallBelowMu, e.ExcludeBuildingPeriod, e.ExcludeUndelivered, e.ExcludePublic)}
	for _, h := range e.Cohorts {
		for _, in := range h.Indicators {
			got = append(got, fmt.Sprintf("%s %s %v %s cap %v floor %v %s", h.ID, in.ID, in.Weight, in.Base.Kind, in.CapFactor.Value, in.Floor.Value, in.Missing))
		}
		got = append(got, fmt.Sprintln(h.ID, h.Bounds, h.Grouped))
	}
	for _, o := range e.Overrides {
		got = append(got, fmt.Sprintf("%s event=%s tag=%s registered=%d unless=%v: %s %s", o.ID, o.When.Event, o.When.Tag, o.When.RegisteredYears, o.Unless, o.Effect, o.Class))
	}
	const bounds = "[{A {1 5}} {B {3 5}} {C {19 20}} {D {1 1}}]"
	const vetoes = "[safety_accident environment_accident food_accident target_missed]"
	below := func(id string) string {
		return id + " I1 50 cohort_mean cap 1.5 floor 0 not_rated\n" + id + " I8 50 cohort_mean cap 1.5 floor 0 cohort_mean_points\n" + id + " " + bounds + " false\n"
	}
	same(t, got, `
		[vat_wan income_tax_wan urban_tax_wan land_use_tax_wan property_tax_wan other_tax_wan export_credit_wan vat_refund_wan] equivalent 3 true true false
		above_scale I1 30 cohort_mean cap 1.5 floor 0 not_rated
		above_scale I2 20 cohort_mean cap 1.5 floor 0 not_rated
		above_scale I3 20 cohort_mean cap 1.5 floor 0 cohort_mean_points
		above_scale I4 10 cohort_mean cap 1.5 floor 0 cohort_mean_points
		above_scale I5 10 cohort_mean cap 1.5 floor 0 cohort_mean_points
		above_scale I6 10 cohort_mean cap 1.5 floor 0 zero
		above_scale `+bounds+` false
		`+below("below_scale")+below("below_scale_small")+below("tenant")+`
		utility event= tag=utility registered=0 unless=[]: exempt
		newly_registered event= tag= registered=2 unless=[]: exempt
		policy_move event= tag=policy_move registered=0 unless=[]: exempt
		exempted event=exempted tag= registered=0 unless=[]: exempt
		veto_safety event=safety_accident tag= registered=0 unless=[]: cap_class C
		veto_environment event=environment_accident tag= registered=0 unless=[]: cap_class C
		veto_food event=food_accident tag= registered=0 unless=[]: cap_class C
		veto_target event=target_missed tag= registered=0 unless=[]: cap_class C
		floor_newly_above_scale event= tag=newly_above_scale registered=0 unless=`+vetoes+`: floor_class C
		floor_major_project event= tag=major_project registered=0 unless=`+vetoes+`: floor_class C`)
}

// Every number of order 53, domain §6, of the vacant plant and of 13号, domain §4.1.
func TestNumbersOfTheLandSets(t *testing.T) {
	idle, plant, stock := shippedSet(t, "idle.order53").Idle, shippedSet(t, "idle.plant").IdlePlant, shippedSet(t, "stock.qingmeng").Stock
	same(t, []string{
		fmt.Sprint(idle.UnstartedYears, idle.TakeBackYears, idle.SuspendedYears, idle.HandoverPlusYears, idle.WarningDays),
		fmt.Sprint(idle.Fee, idle.DevelopedBelow, idle.InvestedBelow, idle.StartFloor, idle.StartStates),
		fmt.Sprint(idle.ExtendYears, idle.TemporaryYears, idle.ProcedureDays),
		fmt.Sprint(plant.VacantShare, plant.Months, plant.Uses, plant.Signals, plant.Confirm, plant.CheckMonths),
		fmt.Sprintln(stock.Metric, stock.Years, stock.Aggregate, stock.SmallMu, stock.SmallBand, stock.LowBand, stock.NotGeneralTags, stock.BlockLevels),
		fmt.Sprint(stock.Bands[0].From < -1e6, stock.Bands[1].From, stock.Bands[1].MaxFAR, stock.Bands[1].Open, stock.Bands[2].From, stock.Bands[2].MaxFAR, stock.Bands[2].Open),
	}, `
		1 2 1 1 90
		{1 5} {1 3} {1 4} {1 100} [building unused partial in_use low]
		1 2 30
		{1 2} 6 [plant warehouse research] 1 2 12
		tax_per_mu 3 mean 5 renew renew [major_project] [1 2]
		true 5 2.5 false 20 2.5 true`)
	for on, want := range map[string]bool{"2026-01-31": false, "2026-02-01": true, "2027-12-31": true, "2028-01-01": false} {
		if got := shipped(t).Choose(scoring.KindStock, "QM", 2026, day(on)).Set != nil; got != want {
			t.Errorf("13号 applies on %s: %t", on, got)
		}
	}
}

// Every number of the default exit tests.
func TestNumbersOfTheDefaultExitTests(t *testing.T) {
	e := shippedSet(t, "exit.default").Exit
	got := []string{fmt.Sprint(e.GroupsFailed, e.RequiredGroups, e.States, e.Uses)}
	for _, x := range e.Excuses {
		got = append(got, fmt.Sprint(x.Kind, " ", x.Years))
	}
	for _, x := range e.Tests {
		got = append(got, fmt.Sprint(x.ID, " ", x.Group, " ", x.Metric, " ", x.Threshold, x.Factor, x.Decisive, " ", x.InsteadOf, x.ThresholdFrom))
	}
	same(t, got, `
		2 [] [unused partial in_use low] map[gb50137:[M W] gbt21010:[06] ydyh2023:[1001 11]]
		government_cause 2
		within_contract 0
		new_firm 2
		exempted 0
		fai_per_mu investment fai_per_mu 270 0.5 false
		tax_per_mu yield tax_per_mu 20 0.5 false
		output_per_mu yield output_per_mu 260 0.5 false
		coefficient density coefficient 0.3 0 false
		far density far 0.8 0 false`)
}

// A fee is rounded half up to the fen: a fifth of 3 fen is 1, of 2 fen nothing.
func TestFeeIsRoundedToTheFen(t *testing.T) {
	for price, want := range map[parcels.Wan]parcels.Wan{2: 0, 3: 1, 7: 1, 8: 2, 18_600_000: 3_720_000} {
		c := parcels.Contract{DueStartOn: day("2023-03-01"), PriceWan: parcels.Some(price)}
		if got := scoring.JudgeIdle(order53(t), &c, scoring.Start{}, day("2024-03-01")).FeeWan.Or(-1); got != want {
			t.Errorf("of %d fen: %d, want %d", price, got, want)
		}
	}
}

// The zone's idle land is land whose idle period is full, not land that a warning speaks of.
func TestZoneIdleRateLeavesWarningsOut(t *testing.T) {
	idle, warned, used := plot(1, 15), plot(2, 15), plot(3, 30)
	idle.State, idle.Contract.DueStartOn = parcels.StateSupplied, day("2025-11-22")
	warned.State, warned.Contract.DueStartOn = parcels.StateSupplied, day("2025-12-01")
	s := run(t, parcels.Rows{Parcels: []parcels.Parcel{idle, warned, used}}, shipped(t), someDay)
	if s.Parcels[1].Idle.Type != scoring.IdleWarning {
		t.Fatalf("%+v", s.Parcels[1].Idle)
	}
	for _, i := range scoring.ZoneIndicators(s, "QM") {
		if i.ID == "idle_rate" {
			near(t, "idle rate", i.Value, 0.25, 1e-9)
			return
		}
	}
	t.Error("no idle rate")
}

// domain §14.2: uncapped, 80 万元 of tax per mu gives 99.5975 and the total, value added at its floor, 151.94.
func TestUncappedTotal(t *testing.T) {
	items := shippedSet(t, "evaluation.huangyan.2022").Evaluation.Cohorts[0].Indicators
	total := 0.0
	for i, x := range []float64{80, -1.5, 3.2, 5000, 8000.0 / 420, 0.024} {
		total += scoring.ItemPoints(&items[i], x, items[i].Base.Value)
	}
	if math.Abs(total-151.94) > 5e-3 {
		t.Errorf("%.4f", total)
	}
}

// A tie across a cut-off: of ten firms ranks 2 and 3 tie, share the better rank, and are both A, which then holds three of ten.
func TestTieAcrossACutOff(t *testing.T) {
	tax := []float64{100, 90, 90, 70, 60, 50, 40, 30, 20, 10}
	s := run(t, rated(10, func(i int) float64 { return tax[i-1] }), ratingByTax(t, ""), someDay)
	for i, want := range []struct {
		rank  int
		class scoring.Class
	}{{1, "A"}, {2, "A"}, {2, "A"}, {4, "B"}} {
		if f := s.Firms[i]; f.Rank != want.rank || f.Class != want.class {
			t.Errorf("firm %d: rank %d, class %s", i+1, f.Rank, f.Class)
		}
	}
}
