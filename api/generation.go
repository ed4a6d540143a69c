package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/singleflight"

	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/quality"
	"muchan/scoring/aggregate"
)

// maxImages bounds how many other years' images are kept beside the current one.
const maxImages = 3

// generation is one state of the store with the images made of it. Swapping the generation drops them all, so that no answer
// mixes two states.
type generation struct {
	state  *state
	image  *Image // of the latest year
	flight singleflight.Group

	mu     sync.Mutex
	others []*Image // most recently used last

	pastMu sync.Mutex
	past   []pastYear // of the first years of state.years

	sumsMu sync.Mutex
	sums   []aggregate.Table // public

	lineMu sync.Mutex
	line   *parcels.Lineage // read when first asked for

	childOnce sync.Once
	childOf   map[string][]string

	quality func() quality.Report // made when first asked for

	marks []atomic.Pointer[geo.Point] // where a parcel's label stands, once somebody asked
}

func newGeneration(s *state, laps *laps) (*generation, error) {
	image, err := s.build(s.latest(), laps)
	if err != nil {
		return nil, err
	}
	g := &generation{state: s, image: image, marks: make([]atomic.Pointer[geo.Point], s.snapshot.Parcels.Len())}
	g.quality = sync.OnceValue(func() quality.Report { return quality.Check(s.snapshot, quality.DefaultOptions()) })
	image.gen = g
	return g, nil
}

// of returns a year's image. Many readers of one new year wait for one build.
func (g *generation) of(ctx context.Context, year int) (*Image, error) {
	if year == g.image.Scores.Year {
		return g.image, nil
	}
	if !slices.Contains(g.state.years, year) {
		return nil, g.noYear(year)
	}
	if img := g.kept(year); img != nil {
		return img, nil
	}
	done := g.flight.DoChan(strconv.Itoa(year), func() (any, error) { return g.make(year) })
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*Image), nil
	}
}

func (g *generation) make(year int) (img *Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("image of %d: panic: %v", year, p)
		}
	}()
	if img = g.kept(year); img != nil {
		return img, nil
	}
	if img, err = g.state.build(year, nil); err != nil {
		return nil, err
	}
	img.gen = g
	g.mu.Lock()
	defer g.mu.Unlock()
	g.others = append(g.others, img)
	if len(g.others) > maxImages {
		g.others = slices.Delete(g.others, 0, 1)
	}
	return img, nil
}

func (g *generation) kept(year int) *Image {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.IndexFunc(g.others, func(img *Image) bool { return img.Scores.Year == year })
	if i < 0 {
		return nil
	}
	img := g.others[i]
	g.others = append(slices.Delete(g.others, i, i+1), img)
	return img
}

func (g *generation) noYear(year int) error {
	known := fmt.Sprint(g.state.years)
	return &fault{
		status: http.StatusBadRequest, code: "invalid_parameter", parameter: "year",
		detail: words{
			fmt.Sprintf("参数 year：没有 %d 年的数据；可用年度：%s", year, known),
			fmt.Sprintf("parameter year: there are no figures of %d; years known here: %s", year, known),
		},
	}
}

// children returns the codes of the parcels that name another as parent.
func (g *generation) children(code string) []string {
	g.childOnce.Do(func() {
		g.childOf = map[string][]string{}
		for i := range g.state.snapshot.Parcels.Len() {
			p := g.state.snapshot.Parcels.At(i)
			for _, parent := range p.Parents {
				g.childOf[parent] = append(g.childOf[parent], p.Code)
			}
		}
	})
	return g.childOf[code]
}

// mark returns a point on a parcel's surface, nil for one without surface. It is found when first asked for: finding all of a large
// zone's would hold up every change.
func (g *generation) mark(code string) *geo.Point {
	i, ok := g.state.snapshot.ParcelIndex(code)
	if !ok {
		return nil
	}
	if p := g.marks[i].Load(); p != nil {
		return p
	}
	p, ok := geo.PointOnSurface(g.state.snapshot.Parcels.At(i).Shape)
	if !ok {
		return nil
	}
	g.marks[i].Store(&p)
	return &p
}
