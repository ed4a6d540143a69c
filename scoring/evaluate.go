package scoring

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync/atomic"

	"muchan/parcels"
)

// rating is a firm on its way through an evaluation.
type rating struct {
	firm   int
	set    *RuleSet
	cohort *Cohort
	in     indicatorInput
	past   []indicatorInput // the same of the years before, as many as the set looks at; past[0] is the year before
	owns   bool             // it holds land of its own
	early  bool             // all its land is within its contractual building period
	out    bool             // exempt, following its owner or without enough data: it takes no part
	follow bool
}

// evaluate rates every firm: who takes part, points, ranks, classes. The order of steps is fixed and each override leaves a Step:
// exempt, follow_owner, points, rank, cap, floor, set.
func (r *run) evaluate() {
	r.out.Firms = make([]FirmScore, len(r.snap.Firms))
	ratings := make([]rating, len(r.snap.Firms))
	r.findLands()
	back := r.rules.yearsBack()
	rooms := make([]indicatorInput, back*len(ratings))
	again := r.entrance()
	eachChunk(len(ratings), func(from, to int) {
		for f := from; f < to; f++ {
			if room := rooms[f*back : (f+1)*back]; !again.enter(f, &ratings[f], room) {
				r.enter(f, &ratings[f], room)
			}
		}
	})
	r.ratings, r.bases = ratings, map[baseKey]baseOn{}
	r.ratePools()
	r.followOwners()
}

// ratePools gives those who take part points, ranks and classes, pool by pool.
func (r *run) ratePools() {
	stands := r.standing()
	var groups [][]*rating
	for _, pool := range pools(r.ratings) {
		if stands(pool) {
			r.keepPool(pool)
			continue
		}
		r.score(pool)
		groups = append(groups, r.inGroups(pool)...)
	}
	atOnce(len(groups), func(i int) { r.rank(groups[i]) })
	rated := slices.Concat(groups...)
	eachChunk(len(rated), func(from, to int) {
		for _, t := range rated[from:to] {
			r.changeClass(t)
		}
	})
}

// pools gathers those who take part by cohort, in the order of the sets' and cohorts' IDs.
func pools(all []rating) [][]*rating {
	list := make([]*rating, 0, len(all))
	for i := range all {
		if !all[i].out {
			list = append(list, &all[i])
		}
	}
	pools := gatherBy(list, func(t *rating) *Cohort { return t.cohort })
	slices.SortFunc(pools, func(a, b []*rating) int {
		return cmp.Or(strings.Compare(a[0].set.ID, b[0].set.ID), strings.Compare(a[0].cohort.ID, b[0].cohort.ID))
	})
	return pools
}

// inGroups divides a pool into the industry groups that are ranked apart.
func (r *run) inGroups(pool []*rating) [][]*rating {
	if !pool[0].cohort.Grouped {
		return [][]*rating{pool}
	}
	return gatherBy(pool, func(t *rating) string { return r.out.Firms[t.firm].Group })
}

// gatherBy divides a list by a key; in every part the order stays.
func gatherBy[T any, K comparable](list []T, key func(T) K) (parts [][]T) {
	number := map[K]int{}
	of, sizes := make([]int32, len(list)), []int(nil)
	for i, v := range list {
		k := key(v)
		n, ok := number[k]
		if !ok {
			n = len(sizes)
			number[k], sizes = n, append(sizes, 0)
		}
		of[i] = int32(n)
		sizes[n]++
	}
	for _, n := range sizes {
		parts = append(parts, make([]T, 0, n))
	}
	for i, v := range list {
		parts[of[i]] = append(parts[of[i]], v)
	}
	return parts
}

// enter finds set, cohort, land and figures of a firm and whether it takes part. The room takes what it looks at of earlier years.
func (r *run) enter(f int, t *rating, room []indicatorInput) {
	fs := &r.out.Firms[f]
	land := &r.lands[r.ratedBy[f]][0][f]
	*t = rating{firm: f, set: r.ratedBy[f], owns: land.owns, early: land.onlyBuilding()}
	*fs = FirmScore{USCC: r.snap.Firms[f].USCC, Class: ClassNotRated, LandMu: land.rated()}
	t.in = indicatorInput{landMu: fs.LandMu, floorM2: land.floor(), figures: r.snap.FiguresAt(f, r.in.Year)}
	fs.TaxWan = ratedTax(t.in.figures, r.taxOf[f])
	t.in.tax = fs.TaxWan
	if why := r.assign(t); why != "" {
		r.leave(t, why)
		return
	}
	filed := t.in.figures != nil
	if !filed {
		t.in.figures = noFigures
	}
	e := t.set.Evaluation
	switch {
	case r.leaveByRule(t):
	case !filed:
		r.leave(t, "no_figures")
	case t.early && e.ExcludeBuildingPeriod:
		r.leave(t, "within_contract")
	default:
		t.past = r.pastInputs(f, e, room)
		r.needed(t)
	}
}

// assign gives a firm its cohort and group; it returns why there is none, else "".
func (r *run) assign(t *rating) string {
	if t.set == nil {
		return "no_rule_set"
	}
	e, fs := t.set.Evaluation, &r.out.Firms[t.firm]
	fs.RuleSet, t.in.energyBasis = t.set.ID, e.EnergyBasis
	scale := r.aboveScale(t.firm)
	if !e.byLand() && !scale.OK() {
		return "scale_unknown"
	}
	if t.cohort = e.cohortOf(scale.Or(false), t.owns, fs.LandMu); t.cohort == nil {
		return "no_cohort"
	}
	fs.Cohort = t.cohort.ID
	if t.cohort.Grouped {
		fs.Group = groupOf(e, r.snap.Firms[t.firm].Industry)
	}
	return ""
}

// needed leaves out a firm that lacks an indicator its cohort cannot do without.
func (r *run) needed(t *rating) {
	for i := range t.cohort.Indicators {
		in := &t.cohort.Indicators[i]
		if in.Missing == "not_rated" && !t.value(in).OK() {
			r.leave(t, "missing_"+in.ID)
			return
		}
	}
}

// leave takes a firm out for lack of data and says why.
func (r *run) leave(t *rating, why string) {
	t.out = true
	fs := &r.out.Firms[t.firm]
	fs.Steps = append(fs.Steps, Step{Effect: "not_rated", Arg: why, Evidence: "firms " + fs.USCC, To: ClassNotRated})
}

// cohortOf returns the cohort a firm is ranked in by scale, land of its own and rated land, or nil. Where a set has no cohort for
// small land or tenants, 规下 takes them.
func (e *Evaluation) cohortOf(aboveScale, owns bool, landMu parcels.Opt[float64]) *Cohort {
	mu, known := landMu.Get()
	small := known && mu < e.SmallBelowMu
	id := "below_scale"
	switch {
	case e.byLand() && !known:
		return nil
	case e.byLand() && small:
		return e.cohort("land_small")
	case e.byLand():
		return e.cohort("land")
	case aboveScale:
		return e.cohort("above_scale")
	case !owns:
		id = "tenant"
	case small:
		id = "below_scale_small"
	}
	if c := e.cohort(id); c != nil {
		return c
	}
	return e.cohort("below_scale")
}

// byLand reports whether a set sorts firms by their land, whatever their scale.
func (e *Evaluation) byLand() bool { return e.cohort("land") != nil || e.cohort("land_small") != nil }

func (e *Evaluation) cohort(id string) *Cohort {
	for i := range e.Cohorts {
		if e.Cohorts[i].ID == id {
			return &e.Cohorts[i]
		}
	}
	return nil
}

// groupOf returns the first group with a prefix of the industry code, or "other".
func groupOf(e *Evaluation, industry string) string {
	for i := range e.Groups {
		for _, prefix := range e.Groups[i].Industries {
			if industry != "" && strings.HasPrefix(industry, prefix) {
				return e.Groups[i].ID
			}
		}
	}
	return "other"
}

// score gives the firms of a cohort their items, points and bonus.
func (r *run) score(pool []*rating) {
	cohort := pool[0].cohort
	n := len(cohort.Indicators)
	items := make([]IndicatorScore, n*len(pool))
	for i, t := range pool {
		r.out.Firms[t.firm].Indicators = items[i*n : (i+1)*n : (i+1)*n]
	}
	parts := r.readItems(pool)
	bases := make([]baseOn, n) // each a sum over the pool in its order, so that it does not depend on the number of processors
	atOnce(n, func(k int) { bases[k] = baseOf(&cohort.Indicators[k], pool, parts[k], r.in.Year) })
	for k, on := range bases {
		r.bases[baseKey{pool[0].set, cohort, k}] = on
	}
	gaps := r.scoreItems(pool, bases)
	for k := range cohort.Indicators {
		if gaps[k].Load() && cohort.Indicators[k].Missing == "cohort_mean_points" {
			r.fillWithMean(pool, k)
		}
	}
	eachChunk(len(pool), func(from, to int) {
		for _, t := range pool[from:to] {
			fs := &r.out.Firms[t.firm]
			sum := 0.0
			for i := range fs.Indicators {
				sum += fs.Indicators[i].Points
			}
			fs.Points = parcels.Some(sum)
			r.addPoints(t)
		}
	})
}

// readItems gives the firms of a cohort the value of every indicator, and returns what its mean is made of; nil for one that looks at other
// years too. One walk over the pool takes both: the figures of a large zone fit into no processor's cache.
func (r *run) readItems(pool []*rating) [][]sides {
	indicators := pool[0].cohort.Indicators
	parts := make([][]sides, len(indicators))
	for k := range indicators {
		if indicators[k].ofOneYear() {
			parts[k] = make([]sides, len(pool))
		}
	}
	eachChunk(len(pool), func(from, to int) {
		for i, t := range pool[from:to] {
			for k := range indicators {
				in, item := &t.cohort.Indicators[k], &r.out.Firms[t.firm].Indicators[k]
				*item = IndicatorScore{ID: in.ID, Weight: in.Weight}
				if parts[k] == nil {
					item.Value = t.value(in)
					continue
				}
				if num, den, ok := in.measure.parts(&t.in); ok {
					parts[k][from+i], item.Value = sides{num, den}, someIf(num/den, true)
				}
			}
		}
	})
	return parts
}

// scoreItems gives the firms of a cohort the points of every indicator, and returns which indicators somebody lacks.
func (r *run) scoreItems(pool []*rating, bases []baseOn) (gaps []atomic.Bool) {
	gaps = make([]atomic.Bool, len(bases))
	eachChunk(len(pool), func(from, to int) {
		for _, t := range pool[from:to] {
			for k := range bases {
				item := &r.out.Firms[t.firm].Indicators[k]
				item.Base = bases[k].value
				if v, ok := item.Value.Get(); ok && item.Base > 0 {
					item.Points = ItemPoints(&t.cohort.Indicators[k], v, item.Base)
				} else {
					item.Filled = true
					gaps[k].Store(true)
				}
			}
		}
	})
	return gaps
}

// fillWithMean gives those who lack an indicator the mean of the others' points. It goes from one to the next, because a sum of floats
// depends on its order.
func (r *run) fillWithMean(pool []*rating, k int) {
	sum, n := 0.0, 0
	for _, t := range pool {
		if item := &r.out.Firms[t.firm].Indicators[k]; !item.Filled {
			sum, n = sum+item.Points, n+1
		}
	}
	if n == 0 {
		return
	}
	for _, t := range pool {
		if item := &r.out.Firms[t.firm].Indicators[k]; item.Filled {
			item.Points = sum / float64(n)
		}
	}
}

// ItemPoints returns the points of one indicator: value/base × weight, or (2 − value/base) × weight where lower is better, within
// the floor and the cap. base must be positive.
func ItemPoints(in *Indicator, value, base float64) float64 {
	q := value / base
	if in.Direction == "lower" {
		q = 2 - q
	}
	if !in.Floor.None {
		q = max(q, in.Floor.Value)
	}
	if in.CapFactor.Set && !in.CapFactor.None {
		q = min(q, in.CapFactor.Value)
	}
	return q * in.Weight
}

// grade gives a parcel the class of the firm with the largest share.
func (r *run) grade(p int) {
	if ps := &r.out.Parcels[p]; len(ps.Firms) > 0 {
		fs := &r.out.Firms[ps.Firms[0].Firm]
		ps.Class, ps.Points = fs.Class, fs.Points
	}
}

// rank orders a pool by points, best first, and gives classes by rank over number. Equal points share the best rank.
func (r *run) rank(pool []*rating) {
	type place struct {
		key float64
		at  int32 // in the pool
	}
	order := make([]place, len(pool))
	for i, t := range pool {
		order[i] = place{r.rankKey(t), int32(i)}
	}
	slices.SortFunc(order, func(a, b place) int {
		switch {
		case a.key > b.key:
			return -1
		case a.key < b.key:
			return 1
		}
		return int(a.at - b.at)
	})
	n, at := len(pool), 0
	for i := range order {
		if i == 0 || order[i].key != order[i-1].key {
			at = i + 1
		}
		t := pool[order[i].at]
		fs := &r.out.Firms[t.firm]
		fs.Rank, fs.Of = at, n
		fs.Class = t.cohort.ClassOf(at, n)
	}
}

// rankKey rounds points to 1e-9 so that firms with the same figures tie whatever the order of additions.
func (r *run) rankKey(t *rating) float64 {
	return math.Round(r.out.Firms[t.firm].Points.Or(0) * 1e9)
}
