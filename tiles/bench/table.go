package main

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// measurement is what one run of a client says.
type measurement struct {
	perSecond float64
	p99       time.Duration
	bytes     float64 // of an answer with its header; 0 where nothing is sent
}

// results are all measurements by contestant and zoom level.
type results map[string]map[int][]measurement

func (b *bench) note(name string, zoom int, m measurement) {
	if b.table == nil {
		b.table = results{}
	}
	if b.table[name] == nil {
		b.table[name] = map[int][]measurement{}
	}
	b.table[name][zoom] = append(b.table[name][zoom], m)
	b.step("%s, zoom %d: %.0f tiles/s, p99 %v, %.0f bytes", name, zoom, m.perSecond, m.p99.Round(10*time.Microsecond), m.bytes)
}

// median is the measurement with the middle number of tiles per second; its numbers are not a number when there is none.
func (r results) median(name string, zoom int) measurement {
	if len(r[name][zoom]) == 0 {
		return measurement{perSecond: math.NaN(), bytes: math.NaN()}
	}
	all := slices.SortedFunc(slices.Values(r[name][zoom]), func(a, b measurement) int { return cmp.Compare(a.perSecond, b.perSecond) })
	return all[len(all)/2]
}

// contestants are the rows of the table, and whom each is compared with; "" for nobody.
var contestants = []struct{ name, with string }{
	{asMVT, ""},
	{oursPlain, asMVT},
	{oursZipped, asMVT},
	{oursServed, asMVT},
	{bareServer, ""},
	{nginxFiles, bareServer},
	{oursCached, bareServer},
}

func (b *bench) print() {
	fmt.Printf("%d parcels, %d attributes, %.1f vertices on average; %d connections, median of %d runs of %v; up to %d tiles of each zoom level\n\n",
		b.zone.table.Len(), len(attributes), b.zone.vertices(), connections, b.rounds, b.each, tilesPerList)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprint(w, "| tiles/s (p99 ms)\t")
	for _, zoom := range zooms {
		fmt.Fprintf(w, "| z%d\t", zoom)
	}
	fmt.Fprint(w, "|\n|---\t")
	for range zooms {
		fmt.Fprint(w, "|---\t")
	}
	fmt.Fprint(w, "|\n")
	for _, c := range contestants {
		if b.table[c.name] == nil {
			continue
		}
		b.row(w, c.name, func(zoom int) string {
			m := b.table.median(c.name, zoom)
			return fmt.Sprintf("%s (%s)", digits(m.perSecond), digits(m.p99.Seconds()*1000))
		})
	}
	for _, c := range contestants {
		if b.table[c.name] == nil || b.table[c.with] == nil {
			continue
		}
		b.row(w, c.name+" ÷ "+c.with, func(zoom int) string {
			return digits(b.table.median(c.name, zoom).perSecond / b.table.median(c.with, zoom).perSecond)
		})
	}
	for _, name := range []string{oursPlain, oursZipped, oursServed} {
		if b.table[name] == nil {
			continue
		}
		b.row(w, "bytes: "+name, func(zoom int) string { return fmt.Sprintf("%.0f", b.table.median(name, zoom).bytes) })
	}
	b.row(w, "tiles in the list", func(zoom int) string { return fmt.Sprint(len(b.lists[zoom].at)) })
	w.Flush()
}

// digits writes a number with at least two digits that mean something.
func digits(f float64) string {
	if f < 10 {
		return fmt.Sprintf("%.2g", f)
	}
	return fmt.Sprintf("%.0f", f)
}

func (b *bench) row(w *tabwriter.Writer, name string, cell func(zoom int) string) {
	fmt.Fprintf(w, "| %s\t", name)
	for _, zoom := range zooms {
		fmt.Fprintf(w, "| %s\t", cell(zoom))
	}
	fmt.Fprint(w, "|\n")
}
