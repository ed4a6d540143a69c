package aggregate_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

// attacker knows which firm stands in which group and which firm has which figure, and reads everything that is published. His linear
// algebra is in floats by orthogonal projection and shares nothing with the audit's.
type attacker struct {
	firms   int
	systems map[string]*system // by measure and year; land by itself, over all years
}

// system is what is known of one set of unknowns: sums over firms.
type system struct {
	rows   [][]float64
	sets   []set
	hidden [][]float64 // sums that are dominated, over firms
}

type set struct {
	name    string
	members map[int]bool
	amounts map[int]float64
	total   float64 // of the absolute amounts, once asked for
}

var measureNames = []string{"land", "output", "revenue", "value_added", "tax"}

// planIndustries are those of the plan, written once more.
var planIndustries = map[string][]string{
	"output-textiles": {"17", "18", "195"}, "output-electronics": {"39"}, "output-machinery": {"34", "35", "36", "38"},
	"output-food-medicine": {"13", "14", "15", "27"},
}

func sums(r *aggregate.Row) map[string]aggregate.Sum {
	return map[string]aggregate.Sum{"land": r.Land, "output": r.Output, "revenue": r.Revenue, "value_added": r.ValueAdded, "tax": r.Tax}
}

// truth is who stands where in one year, worked out from the scores by the sentences of the package.
type truth struct {
	year    int
	groups  map[string]map[int]bool    // "park QM" → firms
	amounts map[string]map[int]float64 // measure → firm → amount in 万元 or mu
	scores  *scoring.Scores
}

func truthOf(s *scoring.Scores, classes map[string]scoring.Class, zoom int) truth {
	t := truth{s.Year, map[string]map[int]bool{}, map[string]map[int]float64{}, s}
	for _, m := range measureNames {
		t.amounts[m] = map[int]float64{}
	}
	snap := s.Snapshot()
	for f := range s.Firms {
		best, held, at := -1.0, 0.0, -1
		for p := range s.Parcels {
			for _, share := range s.Parcels[p].Firms {
				if share.Firm == f {
					held += share.LandMu
					if share.LandMu > best {
						best, at = share.LandMu, p
					}
				}
			}
		}
		if at < 0 {
			continue
		}
		in := func(name string) {
			if t.groups[name] == nil {
				t.groups[name] = map[int]bool{}
			}
			t.groups[name][f] = true
		}
		firm, p := &snap.Firms[f], snap.Parcels.At(at)
		in("zone")
		in("park " + p.Park)
		if len(firm.Industry) >= 2 {
			in("industry " + firm.Industry[:2])
			in("park,industry " + p.Park + " " + firm.Industry[:2])
			for id, prefixes := range planIndustries {
				if slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(firm.Industry, prefix) }) {
					in("plan_industry " + id)
				}
			}
		}
		if c := classes[firm.USCC]; c != "" {
			in("class " + string(c))
		}
		if len(p.Shape) > 0 {
			b := p.Shape.Bound()
			lon, lat := (b.Min[0]+b.Max[0])/2, (b.Min[1]+b.Max[1])/2*math.Pi/180
			n := float64(int(1) << zoom)
			in(fmt.Sprintf("cell %d/%d/%d", zoom, int((lon+180)/360*n), int((1-math.Log(math.Tan(lat)+1/math.Cos(lat))/math.Pi)/2*n)))
		}
		t.amounts["land"][f] = held
		put := func(m string, o parcels.Opt[parcels.Wan]) {
			if v, ok := o.Get(); ok {
				t.amounts[m][f] = v.Float()
			}
		}
		put("tax", s.Firms[f].TaxWan)
		if g := snap.FiguresOf(firm.USCC, s.Year); g != nil {
			put("output", g.OutputWan)
			put("revenue", g.RevenueWan)
			put("value_added", g.ValueAddedWan)
		}
	}
	return t
}

func nameOf(r *aggregate.Row) string {
	switch r.By {
	case aggregate.ByZone:
		return "zone"
	case aggregate.ByParkIndustry:
		return r.By + " " + r.Park + " " + r.Industry
	}
	return r.By + " " + r.Park + r.Industry + r.Class + r.Plan + r.Cell
}

// read takes in all that is published. A value per mu is turned back into the sum or the land it was made of.
func read(tables []aggregate.Table, truths []truth) (*attacker, error) {
	a := &attacker{systems: map[string]*system{}}
	for i := range tables {
		t := &truths[i]
		a.firms = len(t.scores.Firms)
		for k := range tables[i].Rows {
			r := &tables[i].Rows[k]
			group, ok := t.groups[nameOf(r)]
			if !ok {
				return nil, fmt.Errorf("%d: %s is no group", t.year, nameOf(r))
			}
			all := sums(r)
			for _, m := range measureNames {
				s := all[m]
				if s.PerMu.OK() { // the land can be worked out
					a.learn("land", t, nameOf(r), group)
				}
				if !s.Sum.OK() {
					if s.Suppressed == "" || s.Firms.OK() || s.PerMu.OK() {
						return nil, fmt.Errorf("%d: %s of %s is half hidden: %+v", t.year, m, nameOf(r), s)
					}
					if s.Suppressed == aggregate.Dominated {
						y := a.system(m, t)
						y.hidden = append(y.hidden, a.row(m, t, group))
					}
					continue
				}
				want, n := 0.0, 0
				for f := range group {
					if v, ok := t.amounts[m][f]; ok {
						want, n = want+v, n+1
					}
				}
				if got := s.Sum.Or(0); math.Abs(got-want) > 0.5001 || s.Firms.Or(0) != n {
					return nil, fmt.Errorf("%d: %s of %s is %v of %d firms, want %v of %d", t.year, m, nameOf(r), got, s.Firms.Or(0), want, n)
				}
				a.learn(m, t, nameOf(r), group)
			}
		}
	}
	return a, nil
}

func (a *attacker) system(m string, t *truth) *system {
	key := fmt.Sprintf("%s %d", m, t.year)
	if m == "land" {
		key = "land" // the same firm has the same land in all years, or so he believes
	}
	if a.systems[key] == nil {
		a.systems[key] = &system{}
	}
	return a.systems[key]
}

func (a *attacker) row(m string, t *truth, group map[int]bool) []float64 {
	row := make([]float64, a.firms)
	for f := range group {
		if _, ok := t.amounts[m][f]; ok {
			row[f] = 1
		}
	}
	return row
}

func (a *attacker) learn(m string, t *truth, name string, group map[int]bool) {
	s, one := a.system(m, t), set{fmt.Sprint(t.year, " ", name), map[int]bool{}, map[int]float64{}, 0}
	for f := range group {
		if v, ok := t.amounts[m][f]; ok {
			one.members[f], one.amounts[f] = true, v
		}
	}
	s.rows, s.sets = append(s.rows, a.row(m, t, group)), append(s.sets, one)
}

// basis is an orthonormal basis of what can be worked out, by Gram and Schmidt, twice for accuracy.
func (s *system) basis() [][]float64 {
	var basis [][]float64
	for _, row := range s.rows {
		v := slices.Clone(row)
		for range 2 {
			for _, b := range basis {
				d := dot(v, b)
				for i := range v {
					v[i] -= d * b[i]
				}
			}
		}
		if n := math.Sqrt(dot(v, v)); n > 1e-7 {
			for i := range v {
				v[i] /= n
			}
			basis = append(basis, v)
		}
	}
	return basis
}

func dot(x, y []float64) (sum float64) {
	for i := range x {
		sum += x[i] * y[i]
	}
	return sum
}

// attack lists what the attacker finds: a firm alone, a combination of two firms, a sum hidden for dominance, and published groups that
// become too small or dominated when others are taken from them.
func (a *attacker) attack(dominance float64) []string {
	var found []string
	for _, key := range sortedKeys(a.systems) {
		s := a.systems[key]
		basis := s.basis()
		// project is the matrix of the projection onto what can be worked out. A combination of firms i and j can be worked out when the
		// projection leaves it as it is: when the part of the matrix for i and j has the eigenvalue 1.
		project := make([][]float64, a.firms)
		for i := range project {
			project[i] = make([]float64, a.firms)
			for _, b := range basis {
				if b[i] == 0 {
					continue
				}
				for j := range b {
					project[i][j] += b[i] * b[j]
				}
			}
		}
		for i := range a.firms {
			if project[i][i] > 1-1e-6 {
				found = append(found, fmt.Sprintf("%s: firm %d alone", key, i))
				continue
			}
			for j := i + 1; j < a.firms; j++ {
				p, q, r := project[i][i], project[j][j], project[i][j]
				if (p+q)/2+math.Sqrt((p-q)*(p-q)/4+r*r) > 1-1e-6 && project[j][j] <= 1-1e-6 {
					found = append(found, fmt.Sprintf("%s: firms %d and %d", key, i, j))
				}
			}
		}
		for _, v := range s.hidden {
			left := dot(v, v)
			for _, b := range basis {
				left -= dot(v, b) * dot(v, b)
			}
			if left < 1e-6 {
				found = append(found, key+": a dominated sum")
			}
		}
		found = append(found, s.differences(key, dominance)...)
	}
	return found
}

func sortedKeys[T any](m map[string]T) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// differences takes one, two and three published groups that lie apart, of whatever groupings, from each that includes them, of one
// year.
func (s *system) differences(key string, dominance float64) []string {
	var found []string
	for i := range s.sets {
		whole := &s.sets[i]
		var parts []*set
		for j := range s.sets {
			if part := &s.sets[j]; whole.name[:4] == part.name[:4] && len(part.members) < len(whole.members) && includes(whole.members, part.members) {
				parts = append(parts, part)
			}
		}
		slices.SortStableFunc(parts, func(x, y *set) int { return cmp.Compare(y.sum(), x.sum()) })
		left := map[int]float64{}
		for f, v := range whole.amounts {
			left[f] = math.Abs(v)
		}
		found = append(found, without(key+": "+whole.name, left, parts, 3, dominance)...)
	}
	return found
}

// without judges what is left when each of the parts that are still whole in it is taken away, and goes on with the later ones, which
// are smaller. It stops where all that may still be taken leaves too much for anyone to dominate, and at least three firms.
func without(name string, left map[int]float64, parts []*set, depth int, dominance float64) []string {
	var found []string
	total, greatest := 0.0, 0.0
	for _, v := range left {
		total, greatest = total+v, max(greatest, v)
	}
	for i, part := range parts {
		if total-float64(depth)*part.sum() > greatest/dominance {
			break
		}
		rest := make(map[int]float64, len(left))
		sum, most := 0.0, 0.0
		for f, v := range left {
			if !part.members[f] {
				rest[f], sum, most = v, sum+v, max(most, v)
			}
		}
		if len(left)-len(rest) != len(part.members) || len(rest) == 0 {
			continue // it does not lie apart from those taken before
		}
		text := name + " − " + part.name
		if len(rest) < 3 || sum == 0 || most > dominance*sum+1e-9 {
			found = append(found, fmt.Sprintf("%s is %d firms, the largest %.3f", text, len(rest), most/sum))
		}
		if depth > 1 {
			found = append(found, without(text, rest, parts[i+1:], depth-1, dominance)...)
		}
	}
	return found
}

func (s *set) sum() float64 {
	if s.total == 0 {
		for _, v := range s.amounts {
			s.total += math.Abs(v)
		}
	}
	return s.total
}

func includes(whole, part map[int]bool) bool {
	for f := range part {
		if !whole[f] {
			return false
		}
	}
	return true
}
