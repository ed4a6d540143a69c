package report_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/tiles/report"
)

// A character that the font lacks shows as a box, and nothing a text may hold breaks a page.
func TestStrangeCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"堃喆洺濛 ≥ ㎡": "堃喆洺濛≥㎡", "吉𠮷吉": "吉□吉", "a\u202eb\u0000c": "abc", "坏\xff\xfe字": "坏□□字", "\U0001F600": "□", "(括号)\\反斜": "(括号)\\反斜",
	} {
		pdf, err := report.Page(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := textOf(t, pdf); !strings.Contains(got, squeezed(want)) {
			t.Errorf("%q is printed without %q: %s", text, want, got)
		}
	}
}

func TestLinesAreWrapped(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"", 20, []string{""}},
		{"一二三四五六七八九十", 16, []string{"一二三四五", "六七八九十"}},
		{"一二三四五，六七", 16, []string{"一二三四", "五，六七"}},
		{"land use code", 14, []string{"land use", "code"}},
		{"350502999001GB00239", 16, []string{"350502999", "001GB0023", "9"}},
		{"上\n下", 50, []string{"上", "下"}},
	} {
		if got := report.Lines(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%q in %v mm: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// Whatever is wrapped keeps all its characters and fits.
func TestWrappingLosesNothing(t *testing.T) {
	text := "泉政办规〔2025〕13号 低效企业（近三年经济效益低于 5 万元/亩）；阈值 350 × 0.5 = 175, see https://example.org/a-very-long-address-without-any-blank 结束。"
	for width := 6.0; width < 120; width += 3.7 {
		if got := squeezed(strings.Join(report.Lines(text, width), "")); got != squeezed(text) {
			t.Errorf("in %v mm: %q", width, got)
		}
	}
}

func TestTablesGoOnOverPages(t *testing.T) {
	rows := make([][]string, 150)
	for i := range rows {
		rows[i] = []string{fmt.Sprintf("r%03d", i), "乙"}
	}
	rows[40][1] = strings.Repeat("很长的说明。", 2000) // more than a page
	pdf, err := report.Rows("表头甲", rows)
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(t, pdf)
	for i := range rows {
		mustHold(t, text, fmt.Sprintf("r%03d", i))
	}
	if n := strings.Count(text, "很"); n != 2000 { // a sentence may end on the next page
		t.Errorf("%d of 2000 sentences are printed", n)
	}
	pages := strings.Count(text, "/共")
	if heads := strings.Count(text, "表头甲"); pages < 4 || heads != pages {
		t.Errorf("%d headers on %d pages", heads, pages)
	}
}

// A heading stays with the beginning of its section, and what warns of a section with both; wherever on a page they come to stand.
func TestHeadingsDoNotStandAlone(t *testing.T) {
	const fillings = 80 // more lines than a page has
	pdf, err := report.Begins(fillings, strings.Repeat("很长的说明。", 40))
	if err != nil {
		t.Fatal(err)
	}
	begun := 0
	for page := range strings.SplitSeq(poppler(t, pdf, "pdftotext", "-raw"), "\f") {
		if strings.Contains(page, "节节") {
			begun++
			_, below, _ := strings.Cut(page, "节节")
			if !strings.Contains(below, "续续") {
				t.Errorf("alone at the foot of its page: %s", squeezed(below))
			}
			number, _, _ := strings.Cut(below, "\n")
			if strings.HasSuffix(number, ".2") && strings.Count(below, "很") != 40 {
				t.Errorf("the first row of a table is split: %s", squeezed(below))
			}
		}
	}
	if begun != 7*fillings {
		t.Errorf("%d headings are printed, want %d", begun, 7*fillings)
	}
}

// The gap below a last table may reach below the page: no page follows for it alone.
func TestADocumentEndsAtTheFootOfAPage(t *testing.T) {
	for n := 40; n < 50; n++ {
		rows := slices.Repeat([][]string{{"甲", "乙"}}, n)
		rows[0] = []string{"甲", "上\n下"}
		pdf, err := report.Rows("表", rows)
		if err != nil {
			t.Fatalf("%d rows: %v", n, err)
		}
		for page := range strings.SplitSeq(strings.TrimSuffix(poppler(t, pdf, "pdftotext", "-raw"), "\f"), "\f") {
			if !strings.Contains(page, "乙") {
				t.Errorf("%d rows: a page without any: %s", n, squeezed(page))
			}
		}
	}
}

// Corners are numbered clockwise from the north-west, holes after the outer ring and the other way, whatever way they were drawn.
func TestCornersAreNumberedAsSurveyorsDo(t *testing.T) {
	const lon, lat, a = 118.57, 24.86, 0.001
	outer := orb.Ring{{lon, lat}, {lon + a, lat}, {lon + a, lat + a}, {lon, lat + a}, {lon, lat}}
	hole := orb.Ring{{lon + 0.4*a, lat + 0.4*a}, {lon + 0.4*a, lat + 0.6*a}, {lon + 0.6*a, lat + 0.6*a}, {lon + 0.4*a, lat + 0.4*a}}
	backwards := slices.Clone(outer)
	slices.Reverse(backwards)
	for _, first := range []orb.Ring{outer, backwards} {
		names, rings, at, sides := report.Points(geo.Shape{{first, hole}})
		want := []geo.Point{{lon, lat + a}, {lon + a, lat + a}, {lon + a, lat}, {lon, lat}}
		if !slices.Equal(at[:4], want) || !slices.Equal(names, []string{"J1", "J2", "J3", "J4", "J5", "J6", "J7"}) || !slices.Equal(rings, []int{1, 1, 1, 1, 2, 2, 2}) {
			t.Errorf("%v %v %v", names, rings, at)
		}
		if orb.Ring(append(at[4:], at[4])).Orientation() != orb.CCW {
			t.Errorf("the hole runs %v", at[4:])
		}
		for i := range at[:4] {
			if d := geo.Distance(at[i], at[(i+1)%4]); math.Abs(sides[i]-d) > 1e-3*d {
				t.Errorf("side %d is %v m, on the ellipsoid %v", i, sides[i], d)
			}
		}
	}
}

func TestMapsAreToScale(t *testing.T) {
	for _, size := range []float64{0.0002, 0.001, 0.008, 0.05} {
		s := geo.Shape{{{{118.57, 24.86}, {118.57 + size, 24.86}, {118.57 + size, 24.86 + size}, {118.57, 24.86 + size}, {118.57, 24.86}}}}
		a, b := geo.Point{118.57, 24.86}, geo.Point{118.57 + size, 24.86 + size}
		ax, ay, bx, by, denominator := report.OnPaper(s, a, b)
		ground, paper := geo.Distance(a, b), math.Hypot(bx-ax, by-ay)/1000*denominator
		if math.Abs(ground-paper) > 1e-3*ground || bx < ax || by > ay {
			t.Errorf("%v m on the ground are %v at 1:%v; from (%v, %v) to (%v, %v)", ground, paper, denominator, ax, ay, bx, by)
		}
		if bx-ax > 178 || ay-by > 96 {
			t.Errorf("a parcel of %v degrees does not fit: %v by %v mm", size, bx-ax, ay-by)
		}
	}
}

func TestDegreesAndDelays(t *testing.T) {
	for v, want := range map[float64]string{118.5: "118°30′00.0000″", 24.999999999: "25°00′00.0000″", -0.25: "-0°15′00.0000″", 24.8555123: "24°51′19.8443″"} {
		if got := report.Degrees(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
	for _, c := range [][4]string{
		{"2020-01-01", "2020-01-11", "2026-06-30", "晚 10 天"},
		{"2020-01-11", "2020-01-01", "2026-06-30", "早 10 天"},
		{"2020-01-01", "2020-01-01", "2026-06-30", "如期"},
		{"2026-06-20", "", "2026-06-30", "已过 10 天，未见记录"},
		{"2026-07-01", "", "2026-06-30", "未到期"},
		{"", "2020-01-01", "2026-06-30", ""},
		{"", "", "2026-06-30", ""},
	} {
		if got := report.Lateness(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("due %q, done %q: %q, want %q", c[0], c[1], got, c[3])
		}
	}
}

func FuzzPage(f *testing.F) {
	for _, text := range []string{"", "亩产", "a b", "\x00\xff", "𠮷\u202e", strings.Repeat("长", 3000), "(\\)", "﷽"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		if _, err := report.Page(text); err != nil {
			t.Fatal(err)
		}
	})
}

func TestASmallAmountIsNotNothing(t *testing.T) {
	for v, want := range map[float64]string{1.234: "1.23", 0.005: "0.01", 0.0049: "＜0.01", 1e-9: "＜0.01", 0: "0.00"} {
		if got := report.SomeDecimal(v, 2); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}
