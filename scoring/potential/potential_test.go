package potential_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/potential"
)

// asOf lies in the validity of 泉政办规〔2025〕13号.
const (
	asOf   = "2026-11-22"
	inYear = 2025
)

func shipped(t testing.TB) scoring.Book {
	t.Helper()
	files, err := filepath.Glob("../../seeds/rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rule sets: %v", err)
	}
	var book scoring.Book
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set, err := scoring.ParseRuleSet(filepath.Base(name), text)
		if err != nil {
			t.Fatal(err)
		}
		book.Sets = append(book.Sets, set)
	}
	return book
}

func code(n int) string { return fmt.Sprintf("350502001001GB%05d", n) }
func uscc(n int) string { return fmt.Sprintf("91359900%09dX", n) }

func square(n int) geo.Shape {
	x, y := 118.58+float64(n%300)*0.002, 24.86+float64(n/300)*0.002
	return geo.Shape{{{{x, y}, {x + 0.001, y}, {x + 0.001, y + 0.001}, {x, y + 0.001}, {x, y}}}}
}

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(v)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

// zone collects rows.
type zone struct{ parcels.Rows }

// plot adds an industrial parcel in use of so many m² with one building: storeys as floor area and height.
func (z *zone) plot(landM2 float64, storeys ...parcels.Storey) *parcels.Parcel {
	n := len(z.Parcels) + 1
	z.Parcels = append(z.Parcels, parcels.Parcel{
		Code: code(n), Park: "QM", UseScheme: "ydyh2023", UseCode: "1001", State: parcels.StateInUse,
		TitleAreaM2: parcels.Some(landM2), ValidFrom: parcels.MustDate("2010-01-01"), Shape: square(n),
	})
	if len(storeys) > 0 {
		z.Buildings = append(z.Buildings, parcels.Building{
			ID: fmt.Sprintf("B%d", n), Parcel: code(n), Use: "plant", Storeys: storeys, ValidFrom: parcels.MustDate("2010-01-01"),
		})
	}
	return &z.Parcels[n-1]
}

// owner puts a firm with output and tax (every year's) on the last parcel.
func (z *zone) owner(output, tax float64) {
	n := len(z.Parcels)
	z.Firms = append(z.Firms, parcels.Firm{USCC: uscc(n), Name: "演示企业", Industry: "1951", AboveScale: parcels.Some(true), RegisteredOn: parcels.MustDate("2005-01-01")})
	z.Occupancies = append(z.Occupancies, parcels.Occupancy{Parcel: code(n), USCC: uscc(n), Tenure: "own", From: parcels.MustDate("2010-01-01")})
	for year := inYear - 2; year <= inYear; year++ {
		z.Figures = append(z.Figures, parcels.Figures{USCC: uscc(n), Year: year, OutputWan: wan(output), VATWan: wan(tax)})
	}
}

func (z *zone) blockLine() {
	z.Zones = append(z.Zones, parcels.Zone{
		ID: "L1", Park: "QM", Kind: parcels.ZoneBlockLine, Level: 1, ValidFrom: parcels.MustDate("2010-01-01"),
		Shape: geo.Shape{{{{118.5, 24.8}, {119.5, 24.8}, {119.5, 25.8}, {118.5, 25.8}, {118.5, 24.8}}}},
	})
}

func (z *zone) potential(t testing.TB) *potential.Potential {
	t.Helper()
	s, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), z.Rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: shipped(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	return potential.Of(s)
}

func near(t *testing.T, what string, got parcels.Opt[float64], want float64) {
	t.Helper()
	if v, ok := got.Get(); !ok || math.Abs(v-want) > 1e-6*max(1, math.Abs(want)) {
		t.Errorf("%s = %v (present %t), want %v", what, v, ok, want)
	}
}

// example52 is domain §5.2: 20 000 m² of land; storeys 6000 m² at 9.0 m, 6000 at 4.5 m, 2000 at 3.6 m: the ratio is 1.00, undoubled 0.70;
// structures 800 m² and yards 1200 m².
func example52(z *zone) *parcels.Parcel {
	p := z.plot(20_000, parcels.Storey{FloorM2: 6000, HeightM: 9}, parcels.Storey{FloorM2: 6000, HeightM: 4.5}, parcels.Storey{FloorM2: 2000, HeightM: 3.6})
	p.WorksAreaM2, p.YardAreaM2 = parcels.Some(800.0), parcels.Some(1200.0)
	return p
}

// TestWorkedExample: domain §5.2 with a contract up to 2.0. 2.0 × 20 000 − 20 000 = 20 000 m²; undoubled 40 000 − 14 000 = 26 000 m².
// Structures and yards alone are 10 % of the land, so 30 % of 20 000 = 6000 m² are wanting to the coefficient of 40 %.
func TestWorkedExample(t *testing.T) {
	var z zone
	example52(&z).Contract.MaxFAR = parcels.Some(2.0)
	got := z.potential(t).Parcels[0]
	near(t, "present", got.FAR, 1.0)
	near(t, "gain", got.FloorGainM2, 20_000)
	near(t, "gain by contract", got.ContractGainM2, 20_000)
	near(t, "undoubled", got.PlainGainM2, 26_000)
	near(t, "footprint", got.FootprintGainM2, 6000)
	if got.Binding != potential.ByContract || got.Group != potential.Stock || got.Open {
		t.Errorf("%+v", got)
	}
}

// TestRedevelopedSite: domain §7.1, 25 407 m² with 56 000 m² of floor. Up to 2.5 there are 2.5 × 25 407 − 56 000 = 7517.5 m² left.
func TestRedevelopedSite(t *testing.T) {
	var z zone
	z.plot(25_407, parcels.Storey{FloorM2: 56_000, HeightM: 4}).Contract.MaxFAR = parcels.Some(2.5)
	got := z.potential(t).Parcels[0]
	near(t, "present", got.FAR, 56_000.0/25_407) // 2.2041
	near(t, "gain", got.FloorGainM2, 7517.5)
}

// TestWhichLimitBinds: inside the block lines a tax of 5 to 20 万元/亩 raises the ratio to 2.5 and from 20 on to 2.5 and more; below 5
// and for small land nothing is raised. 30 mu are 20 000 m².
func TestWhichLimitBinds(t *testing.T) {
	for _, c := range []struct {
		name     string
		contract float64 // 0: none
		taxPerMu float64
		lines    bool
		landM2   float64
		binding  string
		open     bool
		gain     float64 // from 10 000 m² of floor
		within   float64 // by the contract
	}{
		{"contract alone", 2, 10, false, 20_000, potential.ByContract, false, 30_000, 30_000},
		{"the document goes further", 2, 10, true, 20_000, potential.ByStock, false, 40_000, 30_000},
		{"at 5", 2, 5, true, 20_000, potential.ByStock, false, 40_000, 30_000},
		{"below 5", 2, 4.9999, true, 20_000, potential.ByContract, false, 30_000, 30_000},
		{"just below 20", 2, 19.9999, true, 20_000, potential.ByStock, false, 40_000, 30_000},
		{"at 20", 2, 20, true, 20_000, potential.ByStock, true, 40_000, 30_000},
		{"equal limits need no procedure", 2.5, 10, true, 20_000, potential.ByContract, false, 40_000, 40_000},
		{"the contract goes further", 3, 10, true, 20_000, potential.ByContract, false, 50_000, 50_000},
		{"no contract", 0, 10, true, 20_000, potential.ByStock, false, 40_000, 0},
		{"small land", 6, 25, true, 3326.666, potential.ByContract, false, 6*3326.666 - 10_000, 6*3326.666 - 10_000}, // 4.99 mu
		{"over the limit", 0.4, 1, true, 20_000, potential.ByContract, false, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var z zone
			p := z.plot(c.landM2, parcels.Storey{FloorM2: 10_000, HeightM: 5})
			if c.contract > 0 {
				p.Contract.MaxFAR = parcels.Some(c.contract)
			}
			z.owner(1000, c.taxPerMu*c.landM2*3/2000)
			if c.lines {
				z.blockLine()
			}
			o := z.potential(t)
			got := o.Parcels[0]
			if got.Binding != c.binding || got.Open != c.open {
				t.Errorf("%s, open %t; want %s, %t", got.Binding, got.Open, c.binding, c.open)
			}
			if open := o.All().Sums[0].OpenUpward; open > 0 != c.open {
				t.Errorf("%d counted as open upward", open)
			}
			near(t, "gain", got.FloorGainM2, c.gain)
			if c.contract > 0 {
				near(t, "within the contract", got.ContractGainM2, c.within)
			}
			e := o.Explain(0)[0]
			if e.Note == "" || e.NoteEn == "" || e.Clause == "" || (e.Rule != nil) != (c.binding == potential.ByStock) {
				t.Errorf("%+v", e)
			}
		})
	}
}

// TestControlCaps: a control set with a greatest ratio caps the contract and the stock document, and what the contract allows with them.
func TestControlCaps(t *testing.T) {
	text, err := os.ReadFile("../../seeds/rules/control.2023.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[string]struct {
		binding      string
		gain, within float64
	}{
		"2.4": {potential.ByControl, 38_000, 30_000}, "1.8": {potential.ByControl, 26_000, 26_000}, "2.6": {potential.ByStock, 40_000, 30_000},
	} {
		capped := strings.Replace(string(text), "- indicator: far\n", "- indicator: far\n      at_most: "+most+"\n", 1)
		set, err := scoring.ParseRuleSet("capped.yaml", []byte(capped))
		if err != nil {
			t.Fatal(err)
		}
		book := shipped(t)
		for i := range book.Sets {
			if book.Sets[i].ID == "control.2023" {
				book.Sets[i] = set
			}
		}
		var z zone
		z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
		z.owner(1000, 30*10)
		z.blockLine()
		s, err := scoring.Run(scoring.Input{
			Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), z.Rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: book,
		})
		if err != nil {
			t.Fatal(err)
		}
		got := potential.Of(s).Parcels[0]
		if got.Binding != want.binding {
			t.Errorf("%s: %s binds, want %s", most, got.Binding, want.binding)
		}
		near(t, most+" gain", got.FloorGainM2, want.gain)
		near(t, most+" within the contract", got.ContractGainM2, want.within)
	}
}

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*parcels.Parcel)
		group  potential.Group
		why    string // in Chinese, of what is left out or missing
		gain   float64
	}{
		{"in use", func(*parcels.Parcel) {}, potential.Stock, "", 30_000},
		{"low", func(p *parcels.Parcel) { p.State = parcels.StateLow }, potential.Stock, "", 30_000},
		{"not supplied", func(p *parcels.Parcel) { p.State = parcels.StateApproved }, potential.Left, "批而未供", 0},
		{"taken back", func(p *parcels.Parcel) { p.State = parcels.StateReclaimed }, potential.Left, "已收储", 0},
		{"road", func(p *parcels.Parcel) { p.UseCode = "1207" }, potential.Left, "非工业用地", 0},
		{"dwellings", func(p *parcels.Parcel) { p.UseScheme, p.UseCode = "gb50137", "R2" }, potential.Left, "非工业用地", 0},
		{"use not on file", func(p *parcels.Parcel) { p.UseCode = "" }, potential.Left, "用途未登记", 0},
		{"being built", func(p *parcels.Parcel) { p.State = parcels.StateBuilding }, potential.Unbuilt, "", 30_000},
		{"due to start two years ago", func(p *parcels.Parcel) {
			// What stands is older than the contract and shows no start.
			p.State, p.Contract.SignedOn, p.Contract.DueStartOn = parcels.StateSupplied, parcels.MustDate("2023-06-01"), parcels.MustDate("2024-06-01")
		}, potential.Idle, "", 30_000},
		{"due to start soon: a warning is no suspicion", func(p *parcels.Parcel) {
			p.State, p.Contract.DueStartOn = parcels.StateSupplied, parcels.MustDate("2025-12-01")
		}, potential.Unbuilt, "", 30_000},
		{"no maximum", func(p *parcels.Parcel) { p.Contract.MaxFAR = parcels.Opt[float64]{} }, potential.Stock, "无容积率上限", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var z zone
			p := z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5})
			p.Contract.MaxFAR = parcels.Some(2.0)
			z.Buildings[0].CompletedOn = parcels.MustDate("2001-01-01")
			c.change(p)
			o := z.potential(t)
			got := o.Parcels[0]
			if got.Group != c.group {
				t.Errorf("group %s, want %s", got.Group, c.group)
			}
			why := potential.Reason(got.Why + got.FloorMissing).Zh
			if !strings.HasPrefix(why, c.why) || (c.why == "") != (why == "") {
				t.Errorf("why %q, want %q", why, c.why)
			}
			if c.why == "" {
				near(t, "gain", got.FloorGainM2, c.gain)
			} else if got.FloorGainM2.OK() {
				t.Errorf("a gain of %v", got.FloorGainM2.Or(0))
			}
			all, left := o.All(), 0
			for _, s := range all.Sums {
				if want := c.group == s.Group; (s.Parcels == 1) != want {
					t.Errorf("%s holds %d parcels", s.Group, s.Parcels)
				}
			}
			if c.group == potential.Left {
				left = 1
			}
			if all.Left != left {
				t.Errorf("%d left out, want %d", all.Left, left)
			}
		})
	}
}

// TestSetsOfTheParcel: a control set for one level of block line holds for the parcels inside it alone, whichever stands first.
func TestSetsOfTheParcel(t *testing.T) {
	text, err := os.ReadFile("../../seeds/rules/control.2023.yaml")
	if err != nil {
		t.Fatal(err)
	}
	capped := strings.NewReplacer("id: control.2023", "id: control.lines\nzones: [{kind: industrial_line, levels: [2]}]", "- indicator: far\n", "- indicator: far\n      at_most: 1.5\n").Replace(string(text))
	set, err := scoring.ParseRuleSet("lines.yaml", []byte(capped))
	if err != nil {
		t.Fatal(err)
	}
	book := shipped(t)
	book.Sets = append(book.Sets, set)
	for inside := range 2 {
		var z zone
		for range 2 {
			z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
		}
		z.Zones = append(z.Zones, parcels.Zone{
			ID: "L2", Park: "QM", Kind: parcels.ZoneBlockLine, Level: 2, ValidFrom: parcels.MustDate("2010-01-01"), Shape: z.Parcels[inside].Shape,
		})
		s, err := scoring.Run(scoring.Input{
			Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), z.Rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: book,
		})
		if err != nil {
			t.Fatal(err)
		}
		o := potential.Of(s)
		for i := range o.Parcels {
			want, binding := 30_000.0, potential.ByContract
			if i == inside {
				want, binding = 20_000, potential.ByControl
			}
			near(t, code(i+1), o.Parcels[i].FloorGainM2, want)
			if e := o.Explain(i)[0]; o.Parcels[i].Binding != binding || i == inside && e.Rule.ID != "control.lines" {
				t.Errorf("%d: %s, %+v", i, o.Parcels[i].Binding, e.Rule)
			}
		}
	}
}

// TestNoControlSet: nothing says which uses count, so neither a road nor a plant does.
func TestNoControlSet(t *testing.T) {
	var z zone
	z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
	z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5}).UseCode = "1207"
	s, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), z.Rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: scoring.Book{},
	})
	if err != nil {
		t.Fatal(err)
	}
	o := potential.Of(s)
	for i := range o.Parcels {
		if why := potential.Reason(o.Parcels[i].Why); o.Parcels[i].Group != potential.Left || !strings.Contains(why.Zh, "无适用的控制指标") || why.En == "" {
			t.Errorf("%d: %s, %+v", i, o.Parcels[i].Group, why)
		}
	}
	if all := o.All(); all.Left != 2 || all.Sums[0].Parcels != 0 {
		t.Errorf("%+v", all)
	}
}

// TestMissingIsCounted: what is not on file is in no sum and in the count.
func TestMissingIsCounted(t *testing.T) {
	var z zone
	z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
	z.plot(20_000).Contract.MaxFAR = parcels.Some(2.0) // no building
	z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
	z.Buildings = append(z.Buildings, parcels.Building{ID: "bare", Parcel: code(3), ValidFrom: parcels.MustDate("2010-01-01")})
	built := z.plot(20_000)
	built.State, built.Contract.MaxFAR = parcels.StateBuilding, parcels.Some(2.0)
	bare := z.plot(20_000)
	bare.State, bare.Contract.MaxFAR = parcels.StateSupplied, parcels.Some(2.0)
	o := z.potential(t)
	if e := o.Explain(4); e[0].Inputs[1].Value != "0" || e[1].Inputs[2].Value != "0" || !strings.Contains(e[0].Note, "现状计 0") {
		t.Errorf("what counts as nothing is not told: %+v", e)
	}
	stock, unbuilt := o.All().Sums[0], o.All().Sums[1]
	if stock.Parcels != 3 || stock.FloorMissing != 2 || stock.FloorGainM2 != 30_000 || stock.Worth.OutputMissing != 1 {
		t.Errorf("stock %+v", stock)
	}
	if unbuilt.Parcels != 2 || unbuilt.FloorMissing != 1 || unbuilt.FloorGainM2 != 40_000 {
		t.Errorf("unbuilt %+v", unbuilt)
	}
	if unbuilt.FootprintGainM2 != 8000 || unbuilt.FootprintMissing != 1 { // 40 % of 20 000 m² on bare land
		t.Errorf("unbuilt %+v", unbuilt)
	}
}

// worthZone: three parcels of 30 mu (20 000 m²) with 10 000, 20 000 and 30 000 m² of floor, output 3000, 9000 and 12 000 万元, tax 150, 600
// and 300 万元. Per mu: floor 333.33, 666.67, 1000 m²; output 100, 300, 400; tax 5, 20, 10. Per m²: output 0.3, 0.45, 0.4; tax 0.015, 0.03, 0.01.
func worthZone() *zone {
	var z zone
	for _, v := range [][3]float64{{10_000, 3000, 150}, {20_000, 9000, 600}, {30_000, 12_000, 300}} {
		z.plot(20_000, parcels.Storey{FloorM2: v[0], HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
		z.owner(v[1], v[2])
	}
	return &z
}

// TestWorthByHand: medians are 666.67 m²/mu, 300 and 10 万元/mu, 0.4 and 0.015 万元/m². The first parcel gains 40 000 − 10 000 = 30 000
// m², as much as 45 mu: output 45 × 300 = 13 500 by land and 30 000 × 0.4 = 12 000 by floor; tax 45 × 10 = 450 and 30 000 × 0.015 = 450.
func TestWorthByHand(t *testing.T) {
	o := worthZone().potential(t)
	m := o.Parks[0].Medians
	near(t, "floor per mu", m.FloorPerMu, 2000.0/3)
	near(t, "output per mu", m.Output.PerMu, 300)
	near(t, "output per m²", m.Output.PerM2, 0.4)
	near(t, "tax per mu", m.Tax.PerMu, 10)
	near(t, "tax per m²", m.Tax.PerM2, 0.015)
	w := o.Parcels[0].Worth
	for what, c := range map[string]struct {
		got  parcels.Opt[parcels.Wan]
		want float64
	}{
		"output by land": {w.OutputByLand, 13_500}, "output by floor": {w.OutputByFloor, 12_000},
		"tax by land": {w.TaxByLand, 450}, "tax by floor": {w.TaxByFloor, 450},
	} {
		if v, ok := c.got.Get(); !ok || math.Abs(v.Float()-c.want) > 1e-6 {
			t.Errorf("%s = %v, want %v", what, v, c.want)
		}
	}
	// 30 000 + 20 000 + 10 000 m² = 90 mu.
	if sum := o.All().Sums[0]; sum.FloorGainM2 != 60_000 || math.Abs(sum.Worth.OutputByLand.Float()-27_000) > 1e-5 || math.Abs(sum.Worth.TaxByFloor.Float()-900) > 1e-5 {
		t.Errorf("%+v", sum)
	}
	for _, e := range o.ExplainWorth(0) {
		if !e.Value.OK() || e.Note == "" || e.NoteEn == "" || len(e.Inputs) != 5 {
			t.Errorf("%+v", e)
		}
	}
	for _, e := range o.Explain(0) {
		for _, in := range e.Inputs {
			if strings.HasPrefix(in.Unit, "万元") || in.Firm != "" {
				t.Errorf("money in an explanation for viewers: %+v", in)
			}
		}
	}
}

// TestMedianReference: land that is not in use, another park's and incomplete figures are no reference; of four the middle two count.
func TestMedianReference(t *testing.T) {
	z := worthZone()
	z.plot(20_000, parcels.Storey{FloorM2: 40_000, HeightM: 5})
	z.owner(15_000, 3000)
	near(t, "of four", z.potential(t).Parks[0].Medians.Output.PerMu, 350)
	z.Parcels[3].State = parcels.StateUnused
	near(t, "one not in use", z.potential(t).Parks[0].Medians.Output.PerMu, 300)
	z.Parcels[3].State, z.Parcels[3].Park = parcels.StateInUse, "GQ"
	o := z.potential(t)
	near(t, "one elsewhere", o.Parks[1].Medians.Output.PerMu, 300)
	if o.Parks[0].Code != "GQ" || o.Parks[0].Medians.Output.Parcels != 1 {
		t.Errorf("%+v", o.Parks[0])
	}
	z.Parcels[3].Park = "QM"
	z.Firms = append(z.Firms, parcels.Firm{USCC: uscc(99), AboveScale: parcels.Some(true)})
	z.Occupancies = append(z.Occupancies, parcels.Occupancy{Parcel: code(4), USCC: uscc(99), Tenure: "lease", FloorM2: parcels.Some(10.0), From: parcels.MustDate("2010-01-01")})
	if m := z.potential(t).Parks[0].Medians; m.Output.Parcels != 3 || m.Parcels != 4 {
		t.Errorf("a parcel one of whose firms filed nothing counts: %+v", m)
	}
}

func TestOrder(t *testing.T) {
	z := worthZone()
	z.plot(20_000) // missing, last
	z.plot(20_000, parcels.Storey{FloorM2: 10_000, HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
	o := z.potential(t)
	for order, want := range map[string][]int{
		"floor": {0, 4, 1, 2, 3}, "contract": {0, 4, 1, 2, 3}, "footprint": {0, 1, 2, 4, 3}, "output": {0, 4, 1, 2, 3}, "tax": {0, 4, 1, 2, 3},
	} {
		got := o.List("", order)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", order, got, want)
		}
	}
	if got := o.List("GQ", "floor"); len(got) != 0 {
		t.Errorf("another park: %v", got)
	}
}

// TestPermutation: the order of rows changes nothing.
func TestPermutation(t *testing.T) {
	a, b := worthZone(), worthZone()
	for i, j := 0, len(b.Parcels)-1; i < j; i, j = i+1, j-1 {
		b.Parcels[i], b.Parcels[j] = b.Parcels[j], b.Parcels[i]
		b.Firms[i], b.Firms[j] = b.Firms[j], b.Firms[i]
	}
	x, y := a.potential(t), b.potential(t)
	if !reflect.DeepEqual(x.Parcels, y.Parcels) || !reflect.DeepEqual(x.All(), y.All()) {
		t.Error("the order of rows matters")
	}
}

func BenchmarkOf(b *testing.B) {
	var z zone
	for i := range 100_000 {
		z.plot(20_000, parcels.Storey{FloorM2: 5000 + float64(i%20_000), HeightM: 5}).Contract.MaxFAR = parcels.Some(2.0)
		z.owner(float64(i%7000), float64(i%300))
	}
	s, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), z.Rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: shipped(b),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("n=100000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if o := potential.Of(s); o.All().Sums[0].Parcels != 100_000 {
				b.Fatal("not all")
			}
		}
	})
	b.Run("list", func(b *testing.B) {
		o := potential.Of(s)
		for b.Loop() {
			o.List("", "floor")
		}
	})
}
