package quality

import (
	"strconv"
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// validator is any entity that can be checked by itself.
type validator interface{ Validate() []parcels.Problem }

// rows checks every row by itself, and finds out which shapes may be measured.
func (c *checker) rows() {
	c.drawn, c.built = make([]bool, c.Parcels.Len()), make([]bool, c.Buildings.Len())
	rows[parcels.Park](c, c.Parks, func(p *parcels.Park) about { return about{-1, p.Code, p.Shape} }, nil)
	rows[parcels.Zone](c, c.Zones, func(z *parcels.Zone) about { return about{-1, z.Park, z.Shape} }, nil)
	rowsAt[parcels.Parcel](c, c.Parcels.Len(), c.Parcels.At, func(p *parcels.Parcel) about { return about{-1, p.Park, p.Shape} }, c.drawn)
	rowsAt[parcels.Building](c, c.Buildings.Len(), c.Buildings.At, func(b *parcels.Building) about { return about{c.parcelAt(b.Parcel), "", b.Shape} }, c.built)
	rows[parcels.Firm](c, c.Firms, func(f *parcels.Firm) about { return about{parcel: c.landOf(f.USCC)} }, nil)
	rows[parcels.Occupancy](c, c.Occupancies, func(o *parcels.Occupancy) about { return about{parcel: c.parcelAt(o.Parcel)} }, nil)
	rowsAt[parcels.Figures](c, c.Figures.Len(), c.Figures.At, func(f *parcels.Figures) about { return about{parcel: c.landOf(f.USCC)} }, nil)
	rows[parcels.Event](c, c.Events, func(e *parcels.Event) about {
		if p := c.parcelAt(e.Parcel); p >= 0 {
			return about{parcel: p}
		}
		return about{parcel: c.landOf(e.USCC)}
	}, nil)
	rows[parcels.Target](c, c.Targets, func(*parcels.Target) about { return about{parcel: -1} }, nil)
	rows[parcels.TargetValue](c, c.TargetValues, func(*parcels.TargetValue) about { return about{parcel: -1} }, nil)
}

// about is where a row is.
type about struct {
	parcel int // -1 for none
	park   string
	shape  geo.Shape
}

func (c *checker) parcelAt(code string) int {
	if i, ok := c.ParcelIndex(code); ok {
		return i
	}
	return -1
}

// rows checks copies: Validate may normalise the row it is called on, and a snapshot is immutable.
func rows[T any, V interface {
	*T
	validator
}](c *checker, list []T, where func(*T) about, drawn []bool) {
	rowsAt[T, V](c, len(list), func(i int) *T { return &list[i] }, where, drawn)
}

func rowsAt[T any, V interface {
	*T
	validator
}](c *checker, n int, at func(int) *T, where func(*T) about, drawn []bool) {
	c.each(n, func(i int, s *sink) {
		row := *at(i)
		problems := V(&row).Validate()
		if drawn != nil {
			drawn[i] = soundShape(problems)
		}
		for k := range problems {
			p := &problems[k]
			if p.Entity == parcels.ParcelTable.Name && p.Rule == "area.drawn" {
				continue // parcel.title_area says it with the tolerances of the options
			}
			s.add(p.Rule, p.Severity, func() Finding { return rowFinding(p, where(at(i))) })
		}
	})
}

// soundShape reports whether a row's problems leave its shape fit for measuring.
func soundShape(problems []parcels.Problem) bool {
	for i := range problems {
		if problems[i].Column == "shape" && problems[i].Severity == parcels.SeverityError {
			return false
		}
	}
	return true
}

func rowFinding(p *parcels.Problem, at about) Finding {
	r := RuleOf(p.Rule)
	f := Finding{Problem: *p, MessageZh: r.Title.Zh, RemedyZh: r.Remedy.Zh, Park: at.park, Shape: at.shape, parcel: at.parcel}
	if p.Value != "" {
		f.MessageZh += "：" + p.Value
	}
	if p.Column == "shape" && p.Place != "" {
		f.Shape = markAt(p.Place)
	} else if p.Column == "shape" {
		f.Shape = nil
	}
	return f
}

// markAt is a small square around a place, to be seen where a shape itself cannot be drawn.
func markAt(text string) geo.Shape {
	lon, lat, _ := strings.Cut(text, " ")
	x, errX := strconv.ParseFloat(lon, 64)
	y, errY := strconv.ParseFloat(lat, 64)
	if errX != nil || errY != nil {
		return nil
	}
	const half = 2e-5 // 2 m
	return geo.Shape{{{{x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}, {x - half, y - half}}}}
}
