package parcels_test

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/parcels"
)

// The vectors are computed by GB 32100-2015; the pilot codes are real ones of Fujian whose check character is not the computed one.
func TestUSCC(t *testing.T) {
	for _, tc := range []struct {
		name, code string
		ok, pilot  bool
		message    string
	}{
		{"valid 1", "91350200776049653A", true, false, ""},
		{"valid 2", "91350500798359476R", true, false, ""},
		{"valid 3", "91350503MA31DKY80A", true, false, ""},
		{"valid 4", "91350503MA31DNG762", true, false, ""},
		{"valid 5", "91370200797522673R", true, false, ""},
		{"blanks and case", " 9135 0503 ma31-dky8 0a\u3000", true, false, ""},
		{"full width", "９１３５０５０３ＭＡ３１ＤＫＹ８０Ａ", true, false, ""},
		{"pilot 9", "91350203M0001QAY9B", false, true, "the check character should be 9"},
		{"pilot 1", "91350100M0001TGQXM", false, true, "the check character should be 1"},
		{"pilot R", "91350211M0000XUF46", false, true, "the check character should be R"},
		{"pilot J", "91350203M0001FUE2P", false, true, "the check character should be J"},
		{"wrong check", "91350200776049653B", false, false, "the check character should be A"},
		{"letter O", "9135020077604965OA", false, false, "alphabet"},
		{"letter in region", "91350A00776049653A", false, false, "region"},
		{"short", "91350200776049653", false, false, "17 characters"},
		{"Chinese", "统一社会信用代码", false, false, "8 characters"},
		{"empty", "", false, false, "0 characters"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			message, pilot, ok := parcels.USCCCheck(parcels.NormaliseUSCC(tc.code))
			if ok != tc.ok || pilot != tc.pilot || !strings.Contains(message, tc.message) {
				t.Errorf("USCCCheck(%q) = %q, pilot %v, ok %v", tc.code, message, pilot, ok)
			}
		})
	}
}

// One wrong character is always found, and so is a swap of two neighbours that differ.
func TestUSCCFindsSlips(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	code := "91350503MA31DKY80A"
	for i := range code {
		for _, c := range alphabet {
			if slip := code[:i] + string(c) + code[i+1:]; slip != code {
				if _, _, ok := parcels.USCCCheck(slip); ok {
					t.Errorf("%s passes", slip)
				}
			}
		}
		if i > 0 && code[i] != code[i-1] {
			slip := code[:i-1] + code[i:i+1] + code[i-1:i] + code[i+1:]
			if _, _, ok := parcels.USCCCheck(slip); ok {
				t.Errorf("%s passes", slip)
			}
		}
	}
}

// The organisation code has a check digit of its own: no last character makes up for a wrong one.
func TestUSCCOrganisationDigit(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for _, org := range alphabet {
		for _, last := range alphabet {
			code := "9135020077604965" + string(org) + string(last)
			if _, _, ok := parcels.USCCCheck(code); ok != (code == "91350200776049653A") {
				t.Errorf("%s: %v", code, ok)
			}
		}
	}
}

func TestParcelCode(t *testing.T) {
	for _, tc := range []struct{ name, code, message, remedy string }{
		{"state land", "350502001001GB00012", "", ""},
		{"collective homestead", "350583118003JC00001", "", ""},
		{"lower case and blanks", " 350502 001 001 gb 00012", "", ""},
		{"full width", "３５０５０２００１００１ＧＢ０００１２", "", ""},
		{"unit of 28", "350502001001GB00012F00010001", "28 characters", "350502001001GB00012"},
		{"land only unit", "350502001001GB00012W00000000", "28 characters", "350502001001GB00012"},
		{"wrong unit of 32", "350502001001GB00012F000000010001", "32 characters", "19 characters"},
		{"28 without form", "350502001001GB00012X00010001", "28 characters long", "certificate"},
		{"short", "350502001001GB0012", "18 characters long", "certificate"},
		{"first letter", "350502001001AB00012", "12 digits", "GB"},
		{"second letter", "350502001001GZ00012", "12 digits", "GB"},
		{"Chinese", "宗地", "2 characters long", "certificate"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			message, remedy := parcels.ParcelCodeCheck(parcels.NormaliseParcelCode(tc.code))
			if tc.message == "" && message != "" || !strings.Contains(message, tc.message) || !strings.Contains(remedy, tc.remedy) {
				t.Errorf("ParcelCodeCheck(%q) = %q, %q", tc.code, message, remedy)
			}
		})
	}
}

func TestIndustry(t *testing.T) {
	for _, tc := range []struct{ given, normal, message string }{
		{"1951", "1951", ""},
		{"C1951", "1951", ""},
		{" c18 ", "18", ""},
		{"Ｃ１９５", "195", ""},
		{"D1951", "D1951", "belongs to section C"},
		{"9701", "9701", ""},
		{"T97", "97", ""},
		{"98", "98", "no division 98"},
		{"00", "00", "no division 00"},
		{"C", "C", "two to four digits"},
		{"19511", "19511", "two to four digits"},
		{"1952 皮鞋制造", "1952", ""},
		{"C1951纺织面料鞋制造", "1951", ""},
		{"19511 皮鞋", "19511 皮鞋", "two to four digits"},
		{"1952 shoes", "1952 SHOES", "two to four digits"},
		{"纺织", "纺织", "two to four digits"},
	} {
		got := parcels.NormaliseIndustry(tc.given)
		message := parcels.IndustryCheck(got)
		if got != tc.normal || tc.message == "" && message != "" || !strings.Contains(message, tc.message) {
			t.Errorf("%q: %q, %q", tc.given, got, message)
		}
	}
	for division, section := range map[string]string{"01": "A", "05": "A", "06": "B", "13": "C", "43": "C", "44": "D", "51": "F", "59": "G", "70": "K", "96": "S", "97": "T"} {
		if got := parcels.IndustrySection(division); got != section {
			t.Errorf("division %s is in section %q, want %s", division, got, section)
		}
	}
}

func squareOf(lon, lat, side float64) geo.Shape {
	return geo.Shape{{{{lon, lat}, {lon + side, lat}, {lon + side, lat + side}, {lon, lat + side}, {lon, lat}}}}
}

func goodParcel() parcels.Parcel {
	return parcels.Parcel{
		Code: "350502001001GB00012", Park: "QM", ValidFrom: parcels.MustDate("2020-01-01"), Shape: squareOf(118.57, 24.84, 0.001),
		TitleAreaM2: parcels.Some(11196.0), UseScheme: "ydyh2023", UseCode: "100101", State: parcels.StateInUse,
	}
}

// TestValidate covers what no file can bring; the broken files of package ingest cover the rest.
func TestValidate(t *testing.T) {
	for _, tc := range []struct {
		name, rule string
		spoil      func(*parcels.Parcel)
	}{
		{"nothing", "", func(*parcels.Parcel) {}},
		{"NaN", "number.finite", func(p *parcels.Parcel) { p.TitleAreaM2 = parcels.Some(math.NaN()) }},
		{"infinite shape", "shape.number", func(p *parcels.Parcel) { p.Shape[0][0][1][0] = math.Inf(1) }},
		{"metres", "shape.range", func(p *parcels.Parcel) { p.Shape = squareOf(658709, 2749244, 100) }},
		{"broken text", "text.encoding", func(p *parcels.Parcel) { p.Address = "\xff" }},
		{"replaced text", "text.encoding", func(p *parcels.Parcel) { p.Address = "\uFFFD" }},
		{"year 3000", "date.range", func(p *parcels.Parcel) { p.Contract.SignedOn = parcels.DateOf(3000, 1, 1) }},
		{"money beyond", "money.range", func(p *parcels.Parcel) { p.Contract.PriceWan = parcels.Some(parcels.Wan(2_000_000_000_000_000)) }},
		{"no shape", "column.required", func(p *parcels.Parcel) { p.Shape = nil }},
		{"area within half a percent", "", func(p *parcels.Parcel) { p.TitleAreaM2 = parcels.Some(11196.69 * 1.0049) }},
		{"area beyond half a percent", "area.drawn", func(p *parcels.Parcel) { p.TitleAreaM2 = parcels.Some(11196.69 * 1.0052) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := goodParcel()
			tc.spoil(&p)
			found := p.Validate()
			if tc.rule == "" && len(found) > 0 {
				t.Fatalf("found %v", found)
			}
			if tc.rule != "" && (len(found) == 0 || found[0].Rule != tc.rule) {
				t.Fatalf("found %v, want %s", found, tc.rule)
			}
		})
	}
}

// A small parcel's corners err by more than half a percent of its area: 10 m by 10 m has a perimeter of 40 m, hence 2 m² of 100.
func TestTitleAreaToleranceGrowsWithThePerimeter(t *testing.T) {
	p := goodParcel()
	p.Shape = squareOf(118.57, 24.84, 0.0001)
	drawn := float64(geo.Area(p.Shape))
	for diff, want := range map[float64]int{1.5: 0, -1.5: 0, 3: 1, -3: 1} {
		p.TitleAreaM2 = parcels.Some(drawn + diff)
		if found := p.Validate(); len(found) != want {
			t.Errorf("difference %v m² of %.1f: %v", diff, drawn, found)
		}
	}
}

func TestNormalise(t *testing.T) {
	p := goodParcel()
	p.Code, p.Park, p.Address = " 350502001001gb00012 ", "ｑｍ", " 泉州 "
	p.Shape = geo.Shape{{{{118.57, 24.84}, {118.57, 24.841}, {118.571, 24.841}, {118.571, 24.84}, {118.57, 24.84}}}}
	notes := parcels.Normalise(&parcels.ParcelTable, &p)
	if p.Code != "350502001001GB00012" || p.Park != "QM" || p.Address != "泉州" {
		t.Errorf("got %q %q %q", p.Code, p.Park, p.Address)
	}
	var rules []string
	for _, n := range notes {
		rules = append(rules, n.Rule)
		if n.Severity != parcels.SeverityNote {
			t.Errorf("%v is no note", n)
		}
	}
	if got := strings.Join(rules, " "); got != "code.spelling code.spelling ring.orientation" {
		t.Errorf("rules %q", got)
	}
	if found := p.Validate(); len(found) > 0 {
		t.Errorf("after normalising: %v", found)
	}
	if again := parcels.Normalise(&parcels.ParcelTable, &p); len(again) > 0 {
		t.Errorf("normalising twice: %v", again)
	}
}

// TestUsesInWords: a land use in words is taken for its code in the row's classification, and for nothing without one.
func TestUsesInWords(t *testing.T) {
	for _, c := range []struct{ scheme, use, code, rule string }{
		{"ydyh2023", " 二类工业用地", "100102", "use.words"},
		{"gb50137", "二类工业用地", "M2", "use.words"},
		{"gbt21010", "工业用地", "0601", "use.words"},
		{"ydyh2023", "1001", "1001", ""},
		{"gbt21010", "0601工业用地", "0601", "use.words"},
		{"gb50137", "M1 一类工业用地", "M1", "use.words"},
		{"ydyh2023", "100102-某类用地", "100102", "use.words"},
		{"ydyh2023", "0601工业用地", "0601工业用地", "use.form"},
		{"", "工业用地", "工业用地", "use.scheme"},
		{"ydyh2023", "厂房", "厂房", "use.form"},
	} {
		p := goodParcel()
		p.UseScheme, p.UseCode = c.scheme, c.use
		found := append(parcels.Normalise(&parcels.ParcelTable, &p), p.Validate()...)
		rule := ""
		if len(found) > 0 {
			rule = found[0].Rule
		}
		if p.UseCode != c.code || rule != c.rule || len(found) > 1 {
			t.Errorf("%s %s: %s, %v; want %s, %s", c.scheme, c.use, p.UseCode, found, c.code, c.rule)
		}
	}
}

// TestEnumTitles: each value of each enumeration has one Chinese name, and none is left over.
func TestEnumTitles(t *testing.T) {
	left := map[string]bool{}
	for key := range parcels.EnumTitles {
		left[key] = true
	}
	checkTitles(t, left, &parcels.ParkTable)
	checkTitles(t, left, &parcels.ZoneTable)
	checkTitles(t, left, &parcels.ParcelTable)
	checkTitles(t, left, &parcels.BuildingTable)
	checkTitles(t, left, &parcels.FirmTable)
	checkTitles(t, left, &parcels.OccupancyTable)
	checkTitles(t, left, &parcels.FiguresTable)
	checkTitles(t, left, &parcels.EventTable)
	if len(left) > 0 {
		t.Errorf("titles of no column: %v", left)
	}
}

func checkTitles[T any](t *testing.T, left map[string]bool, table *parcels.Table[T]) {
	t.Helper()
	for _, c := range table.Columns {
		key := table.Name + "." + c.Name
		titles := parcels.EnumTitles[key]
		delete(left, key)
		seen := map[string]bool{}
		for _, v := range c.Enum {
			if titles[v] == "" || seen[titles[v]] {
				t.Errorf("%s: %q is titled %q", key, v, titles[v])
			}
			seen[titles[v]] = true
		}
		if len(titles) != len(c.Enum) {
			t.Errorf("%s: %d titles for %d values", key, len(titles), len(c.Enum))
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	p := goodParcel()
	b.ReportAllocs()
	for b.Loop() {
		if found := p.Validate(); len(found) > 0 {
			b.Fatal(found)
		}
	}
}

// TestParcelCodeForm changes each character of a code to every printable one: the form is that of the expression.
func TestParcelCodeForm(t *testing.T) {
	form := regexp.MustCompile(`^\d{12}[GJZ][ABSXCDEFHGWY]\d{5}$`)
	const code = "359900001001GB00012"
	for i := range code {
		for c := byte(' '); c <= '~'; c++ {
			changed := code[:i] + string(c) + code[i+1:]
			if message, _ := parcels.ParcelCodeCheck(changed); (message == "") != form.MatchString(changed) {
				t.Errorf("%s: %q", changed, message)
			}
		}
	}
}
