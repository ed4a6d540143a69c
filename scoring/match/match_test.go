package match_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring/match"
)

func code(i int) string { return fmt.Sprintf("350502001001GB%05d", i) }

// box is a rectangle whose south-western corner is some steps of 0.001° east and north of 118.58E 24.87N.
func box(east, north, width, height float64) geo.Shape {
	const step = 0.001
	west, south := 118.58+east*step, 24.87+north*step
	return geo.Shape{{orb.Ring{
		{west, south}, {west + width*step, south}, {west + width*step, south + height*step}, {west, south + height*step}, {west, south},
	}}}
}

func some(v float64) parcels.Opt[float64] { return parcels.Some(v) }

// plot is industrial land of 12 000 m² (18 mu) that is contracted and need not be started on before the day.
func plot(i int, shape geo.Shape) parcels.Parcel {
	return parcels.Parcel{
		Code: code(i), Park: "QM", UseScheme: "ydyh2023", UseCode: "1001", State: parcels.StateSupplied, TitleAreaM2: some(12000), Shape: shape,
		Contract: parcels.Contract{SignedOn: parcels.MustDate("2026-01-05"), DueStartOn: parcels.MustDate("2026-12-01")},
	}
}

const grower = "91359900TESTGROWR1"

// town is a firm on plot 1 that must grow and what lies around it: plot 2 next door, the others as the test says.
func town(others ...parcels.Parcel) parcels.Rows {
	home := plot(1, box(0, 0, 1, 1))
	home.State = parcels.StateInUse
	return parcels.Rows{
		Parks:   []parcels.Park{{Code: "QM", Name: "清濛", Shape: box(-50, -50, 100, 100)}},
		Parcels: append([]parcels.Parcel{home, plot(2, box(1, 0, 1, 1))}, others...),
		Firms:   []parcels.Firm{{USCC: grower, Name: "演示扩张有限公司", Industry: "1711"}},
		Occupancies: []parcels.Occupancy{
			{Parcel: code(1), USCC: grower, Tenure: "own", From: parcels.MustDate("2010-01-01")},
		},
		Zones: []parcels.Zone{line("L1", 1, box(0, 0, 3, 3))},
	}
}

func line(id string, level int, shape geo.Shape) parcels.Zone {
	return parcels.Zone{ID: id, Park: "QM", Name: id, Kind: parcels.ZoneBlockLine, Level: level, ValidFrom: parcels.MustDate("2024-11-01"), Shape: shape}
}

func find(t testing.TB, rows parcels.Rows, need match.Need, change ...func(*match.Params)) *match.Ranking {
	t.Helper()
	params := match.Defaults()
	for _, f := range change {
		f(&params)
	}
	r, err := match.NewPool(run(t, rows)).Find(need, params)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told says what a ranking says of a parcel: its item, or the reason it is left out.
func told(t testing.TB, r *match.Ranking, i int) (*match.Item, match.Reason) {
	t.Helper()
	item, x, err := r.Why(code(i))
	if err != nil {
		t.Fatal(err)
	}
	if x != nil {
		return nil, x.Reason
	}
	return item, ""
}

func value(t testing.TB, item *match.Item, part match.Part) float64 {
	t.Helper()
	if item == nil {
		t.Fatal("left out")
	}
	v, ok := item.Parts[slices.Index(match.Parts, part)].Value.Get()
	if !ok {
		t.Fatalf("%s has no value", part)
	}
	return v
}

// TestScoreByHand works one score out: plot 2 lies next door (distance 1, adjoining 1), offers 12 000 m² where 15 mu = 10 000 m² are
// needed (0.8333), is a rectangle less slim than 1 : 3 (1), industrial (1), inside a line of level 1 (1), to be had by adjustment (0.7)
// and used by nobody (1): 25 + 10 + 20×0.83333 + 10 + 10 + 10 + 10×0.7 + 5 = 93.6667.
func TestScoreByHand(t *testing.T) {
	r := find(t, town(), match.Need{USCC: grower, LandM2: some(10000)})
	item, _ := told(t, r, 2)
	if item == nil || math.Abs(item.Score-93.6667) > 1e-4 {
		t.Fatalf("%+v", item)
	}
	if item.Rank != 1 || r.Len() != 1 || item.From != code(1) || !slices.Equal(item.Kinds, []match.Kind{match.KindSigned}) {
		t.Errorf("%+v", item)
	}
	want := []float64{25, 10, 16.6667, 10, 10, 10, 7, 5}
	sum := 0.0
	for i, p := range item.Parts {
		if math.Abs(p.Points-want[i]) > 1e-4 {
			t.Errorf("%s has %v points, want %v", p.Part, p.Points, want[i])
		}
		sum += p.Points
	}
	if math.Abs(sum-item.Score) > 1e-9 {
		t.Errorf("the parts add up to %v, the score is %v", sum, item.Score)
	}
}

// The same a kilometre away: 1 ÷ (1 + d ÷ 1000) with the geodesic between the nearest corners, which lie on one parallel.
func TestDistanceValue(t *testing.T) {
	far := plot(3, box(12, 0, 1, 1))
	r := find(t, town(far), match.Need{USCC: grower}, func(p *match.Params) { p.HalfDistanceM = 500 })
	item, _ := told(t, r, 3)
	d := geo.Distance(geo.Point{118.581, 24.87}, geo.Point{118.592, 24.87})
	north := geo.Distance(geo.Point{118.581, 24.871}, geo.Point{118.592, 24.871})
	if got := item.GapM.Or(0); math.Abs(got-min(d, north)) > 1e-6 || got < 1000 || got > 1200 {
		t.Errorf("gap %v, want %v", got, d)
	}
	if got := value(t, item, match.PartDistance); math.Abs(got-500/(500+item.GapM.Or(0))) > 1e-12 {
		t.Errorf("value %v", got)
	}
	if value(t, item, match.PartAdjoining) != 0 || value(t, item, match.PartOverlay) != 0.4 {
		t.Error("it does not adjoin and lies outside the lines")
	}
}

func TestAreaBoundaries(t *testing.T) {
	for _, c := range []struct {
		name          string
		title, needM2 float64
		reason        match.Reason
		fit           float64
	}{
		{"exactly what there is", 10000, 10000, "", 1},
		{"15 mu converted", 10000, 15.0 * 2000 / 3, "", 1},
		{"short by less than half a hundredth", 9999.996, 10000, "", 1},
		{"short by a hundredth", 9999.99, 10000, match.ReasonTooSmall, 0},
		{"twice what is needed", 20000, 10000, "", 0.5},
	} {
		rows := town()
		rows.Parcels[1].TitleAreaM2 = some(c.title)
		item, reason := told(t, find(t, rows, match.Need{USCC: grower, LandM2: some(c.needM2)}), 2)
		if reason != c.reason {
			t.Errorf("%s: left out because %q, want %q", c.name, reason, c.reason)
		} else if item != nil && math.Abs(item.Fit.Or(-1)-c.fit) > 1e-12 {
			t.Errorf("%s: fit %v, want %v", c.name, item.Fit, c.fit)
		}
	}
}

// A neighbour makes up for what is missing; one that would do alone, one apart and one that is no candidate do not.
func TestTooSmallNamesNeighbours(t *testing.T) {
	alone, apart, used := plot(4, box(1, 1, 1, 1)), plot(5, box(3, 0, 1, 1)), plot(6, box(1, -1, 1, 1))
	alone.TitleAreaM2, used.State = some(30000), parcels.StateInUse
	rows := town(plot(3, box(2, 0, 1, 1)), alone, apart, used)
	for need, want := range map[float64]int{24000: 1, 24000.01: 0} {
		_, x, err := find(t, rows, match.Need{USCC: grower, LandM2: some(need)}).Why(code(2))
		if err != nil || x == nil || x.Reason != match.ReasonTooSmall || len(x.Partners) != want {
			t.Fatalf("need %v: %+v %v", need, x, err)
		}
		if want == 1 && (x.Partners[0] != match.Partner{Code: code(3), LandM2: 12000, TogetherM2: 24000}) {
			t.Errorf("%+v", x.Partners)
		}
	}
}

func TestWidthAndDistanceBoundaries(t *testing.T) {
	far := plot(3, box(4, 0, 1, 2))
	rows := town(far)
	item, _ := told(t, find(t, rows, match.Need{USCC: grower}), 3)
	gap, width := item.GapM.Or(0), item.Form.ShortM
	for _, c := range []struct {
		name   string
		need   match.Need
		reason match.Reason
	}{
		{"as wide as needed", match.Need{MinWidthM: some(width)}, ""},
		{"a micrometre narrower", match.Need{MinWidthM: some(width + 1e-6)}, match.ReasonTooNarrow},
		{"just within reach", match.Need{MaxDistanceM: some(gap)}, ""},
		{"a micrometre out of reach", match.Need{MaxDistanceM: some(gap - 1e-6)}, match.ReasonTooFar},
		{"far out of reach", match.Need{MaxDistanceM: some(1)}, match.ReasonTooFar},
		{"another park", match.Need{Park: "GQ"}, match.ReasonPark},
	} {
		c.need.USCC = grower
		if _, reason := told(t, find(t, rows, c.need), 3); reason != c.reason {
			t.Errorf("%s: %q, want %q", c.name, reason, c.reason)
		}
	}
}

func TestTouchBoundary(t *testing.T) {
	rows := town(plot(3, box(2.02, 0, 1, 1)))
	rows.Occupancies[0].Parcel = code(2) // 2 m from plot 3
	item, _ := told(t, find(t, rows, match.Need{USCC: grower}), 3)
	gap := item.GapM.Or(0)
	if gap < 1.9 || gap > 2.1 {
		t.Fatalf("gap %v", gap)
	}
	for touch, want := range map[float64]float64{gap: 1, gap - 1e-6: 0} {
		item, _ := told(t, find(t, rows, match.Need{USCC: grower}, func(p *match.Params) { p.TouchM = touch }), 3)
		if got := value(t, item, match.PartAdjoining); got != want {
			t.Errorf("touching up to %v: %v, want %v", touch, got, want)
		}
	}
}

func redLine(shape geo.Shape) parcels.Zone {
	return parcels.Zone{ID: "R1", Park: "QM", Name: "红线", Kind: parcels.ZoneRedLine, ValidFrom: parcels.MustDate("2018-01-01"), Shape: shape}
}

func TestRedLine(t *testing.T) {
	overlap := box(1.9, 0.5, 1, 0.001) // 0.1 step wide, 0.001 step high: 10.1 m × 0.11 m = 1.12 m²
	m2 := float64(geo.Area(box(1.9, 0.5, 0.1, 0.001)))
	if math.Abs(m2-1.12) > 0.01 {
		t.Fatal(m2)
	}
	expired, later := redLine(box(0, 0, 3, 3)), redLine(box(0, 0, 3, 3))
	expired.ValidTo, later.ValidFrom = parcels.MustDate(someDay), parcels.MustDate(someDay)+1
	today := redLine(box(0, 0, 3, 3))
	today.ValidFrom = parcels.MustDate(someDay)
	for _, c := range []struct {
		name     string
		zone     parcels.Zone
		tolerate float64
		reason   match.Reason
	}{
		{"touches only", redLine(box(2, 0, 1, 1)), 0.01, ""},
		{"overlaps by 1.12 m²", redLine(overlap), 1, match.ReasonRedLine},
		{"overlaps by less than is tolerated", redLine(overlap), 1.13, ""},
		{"holds it whole", redLine(box(0, 0, 3, 3)), 1, match.ReasonRedLine},
		{"not in force any more", expired, 1, ""},
		{"not in force yet", later, 1, ""},
		{"in force from today", today, 1, match.ReasonRedLine},
	} {
		rows := town()
		rows.Zones = append(rows.Zones, c.zone)
		_, reason := told(t, find(t, rows, match.Need{USCC: grower}, func(p *match.Params) { p.RedLineM2 = c.tolerate }), 2)
		if reason != c.reason {
			t.Errorf("%s: %q, want %q", c.name, reason, c.reason)
		}
	}
}

func TestBlockLineLevels(t *testing.T) {
	for _, c := range []struct {
		name  string
		zones []parcels.Zone
		want  float64
	}{
		{"level 1", []parcels.Zone{line("A", 1, box(1, 0, 1, 1))}, 1},
		{"level 2", []parcels.Zone{line("A", 2, box(1, 0, 1, 1))}, 0.8},
		{"both", []parcels.Zone{line("A", 2, box(0, 0, 3, 3)), line("B", 1, box(1, 0, 1, 1))}, 1},
		{"none", nil, 0.4},
		{"box meets, point does not", []parcels.Zone{line("A", 1, box(1.9, 0, 1, 1))}, 0.4},
	} {
		rows := town()
		rows.Zones = c.zones
		item, _ := told(t, find(t, rows, match.Need{USCC: grower}), 2)
		if got := value(t, item, match.PartOverlay); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestUses(t *testing.T) {
	for _, c := range []struct {
		scheme, code, industry string
		want                   float64
	}{
		{"ydyh2023", "100102", "1711", 1},
		{"ydyh2023", "1101", "1711", 0.5},
		{"ydyh2023", "0901", "1711", 0.2},
		{"ydyh2023", "", "1711", 0.5},
		{"ydyh2023", "1101", "5921", 1},
		{"ydyh2023", "1001", "59", 0.5},
		{"gb50137", "M2", "", 1},
		{"gb50137", "W1", "", 0.5},
		{"gbt21010", "0601", "", 1},
		{"gbt21010", "0604", "", 0.5},
		{"gbt21010", "1001", "", 0.2},
	} {
		rows := town()
		rows.Parcels[1].UseScheme, rows.Parcels[1].UseCode = c.scheme, c.code
		item, _ := told(t, find(t, rows, match.Need{USCC: grower, Industry: c.industry}), 2)
		if got := value(t, item, match.PartUse); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestHolders(t *testing.T) {
	rows := town()
	rows.Firms = append(rows.Firms, parcels.Firm{USCC: "91359900TESTHOLDR2", Name: "演示占用有限公司", Industry: "1711"})
	rows.Occupancies = append(rows.Occupancies, parcels.Occupancy{Parcel: code(2), USCC: "91359900TESTHOLDR2", Tenure: "own", From: parcels.MustDate("2020-01-01")})
	item, _ := told(t, find(t, rows, match.Need{USCC: grower}), 2)
	if got := value(t, item, match.PartHolder); got != 0.5 || item.Holder < 0 {
		t.Errorf("a firm without a class counts %v", got)
	}
	rows.Firms[1].ClosedOn = parcels.MustDate(someDay)
	item, _ = told(t, find(t, rows, match.Need{USCC: grower}), 2)
	if got := value(t, item, match.PartHolder); got != 1 || item.Holder >= 0 {
		t.Errorf("a firm that closed counts %v", got)
	}
}

// A place that was not named leaves distance out of both sums; a position has a distance and adjoins nothing.
func TestPartsThatDoNotApply(t *testing.T) {
	item, _ := told(t, find(t, town(), match.Need{}), 2)
	for _, part := range []match.Part{match.PartDistance, match.PartAdjoining, match.PartArea} {
		if item.Parts[slices.Index(match.Parts, part)].Value.OK() {
			t.Errorf("%s has a value", part)
		}
	}
	// 10 + 10 + 10 + 7 + 5 = 42 of 45
	if math.Abs(item.Score-100*42.0/45) > 1e-4 {
		t.Errorf("score %v", item.Score)
	}
	at := match.Need{NearPoint: &geo.Point{118.5815, 24.8705}}
	item, _ = told(t, find(t, town(), at), 2)
	if item.GapM.Or(-1) != 0 || item.From != "" || item.Parts[1].Value.OK() {
		t.Errorf("%+v", item)
	}
}

func TestErrors(t *testing.T) {
	pool := match.NewPool(run(t, town()))
	for _, c := range []struct {
		need match.Need
		want error
	}{{match.Need{USCC: "none"}, match.ErrNoFirm}, {match.Need{NearParcel: "none"}, match.ErrNoParcel}} {
		if _, err := pool.Find(c.need, match.Defaults()); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c.need, err)
		}
	}
	for name, change := range map[string]func(*match.Params){
		"no weights": func(p *match.Params) { p.Weights = nil }, "negative": func(p *match.Params) { p.Weights[match.PartArea] = -1 },
		"NaN": func(p *match.Params) { p.Weights[match.PartArea] = math.NaN() }, "half 0": func(p *match.Params) { p.HalfDistanceM = 0 },
	} {
		params := match.Defaults()
		change(&params)
		if _, err := pool.Find(match.Need{}, params); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, _, err := mustFind(t, pool).Why("none"); !errors.Is(err, match.ErrNoParcel) {
		t.Error(err)
	}
	if _, reason := told(t, mustFind(t, pool), 1); reason != match.ReasonNoKind {
		t.Error(reason)
	}
}

func mustFind(t *testing.T, pool *match.Pool) *match.Ranking {
	t.Helper()
	r, err := pool.Find(match.Need{}, match.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDefaultWeightsAddUpTo100(t *testing.T) {
	sum := 0.0
	for _, w := range match.Defaults().Weights {
		sum += w
	}
	if sum != 100 || len(match.Defaults().Weights) != len(match.Parts) || len(match.Defaults().Path) != len(match.Kinds) {
		t.Errorf("%v", sum)
	}
	for _, k := range match.Kinds {
		if p := match.Paths[k]; p.Kind != k || p.Document == "" || p.Consent.En == "" || match.KindTitles[k].Zh == "" {
			t.Errorf("%s: %+v", k, p)
		}
	}
}
