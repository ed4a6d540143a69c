package report

import (
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// Points is the list of boundary points of a shape: name, ring, position, side.
func Points(s geo.Shape) (names []string, rings []int, at []geo.Point, sides []float64) {
	crs, plane := planeOf(s.Bound().Center())
	for _, p := range boundaryOf(s, crs, plane) {
		names, rings, at, sides = append(names, p.name), append(rings, p.ring), append(at, p.at), append(sides, p.side)
	}
	return names, rings, at, sides
}

// OnPaper is where two places fall on the map of a shape, in millimetres, and the denominator of its scale.
func OnPaper(s geo.Shape, a, b geo.Point) (ax, ay, bx, by, denominator float64) {
	crs, _ := planeOf(s.Bound().Center())
	f := frameOf(s, crs, mapWidth, mapHeight)
	p, q := f.spot(a), f.spot(b)
	return p.x, p.y, q.x, q.y, f.denominator
}

// Degrees and Lateness word an angle and a delay.
var Degrees = degrees

// SomeDecimal writes an amount that is not nothing.
var SomeDecimal = someDecimal

// Lateness words a delay as of a day.
func Lateness(due, done, asOf string) string {
	return tongue{}.lateness(due, done, parcels.MustDate(asOf))
}

// English has the English of our own texts.
var English = english

// Page draws texts as title, paragraph, facts and table of a document.
func Page(texts ...string) ([]byte, error) {
	s := newSheet("试", false, tongue{})
	for _, text := range texts {
		s.heading("%s", text)
		s.paragraph(normal, ink, text)
		s.facts([]fact{{text, text}, {"名", text}})
		s.table(small, []column{{"一", 1, false}, {text, 2, true}, {"三", 0.2, false}}, [][]string{{text, text, text}, {"", "", ""}})
	}
	return s.bytes(func(page, of int) { s.footer(&cover{title: "试"}, page, of) })
}

// Rows draws a table of rows with one wide column.
func Rows(head string, rows [][]string) ([]byte, error) {
	s := newSheet("试", false, tongue{})
	s.table(normal, []column{{head, 1, false}, {"乙", 3, false}}, rows)
	return s.bytes(func(page, of int) { s.footer(&cover{title: "试"}, page, of) })
}

// Begins draws sections of every kind, each below so many lines of filling on a page of its own.
func Begins(fillings int, long string) ([]byte, error) {
	s := newSheet("试", false, tongue{})
	narrow := []column{{"甲", 1, false}, {"乙", 5, false}}
	for n := range fillings {
		for k, follow := range []func(){
			func() { s.paragraph(normal, ink, "续续") },
			func() { s.facts([]fact{{"续续", long}}) },
			func() { s.table(small, narrow, [][]string{{"续续", long}, {"再", "再"}}) },
			func() { s.table(small, narrow, [][]string{{"续续", strings.Repeat("行\n", 69)}}) }, // a page has room for it, but not below a heading
			func() { s.lead(small, alarm, "提示"+long); s.table(small, narrow, [][]string{{"续续", "值"}}) },
			func() { (&viewerPart{flags: []flag{{"续续", []string{long}}}}).drawFlags(s) },
			func() {
				s.lead(small, alarm, "提示")
				(&viewerPart{flags: []flag{{"续续", []string{long}}}}).drawFlags(s)
			},
		} {
			if s.y > marginTop {
				s.newPage()
			}
			for range n {
				s.paragraph(small, quiet, "填")
			}
			s.heading("节节%d.%d", n, k)
			follow()
		}
	}
	return s.bytes(func(page, of int) { s.footer(&cover{title: "试"}, page, of) })
}

// Lines wraps a text.
func Lines(text string, width float64) []string {
	return newSheet("试", false, tongue{}).wrap(text, normal, width)
}
