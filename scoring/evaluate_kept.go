package scoring

import "slices"

// poolName tells the pools of a run apart, and finds each again in another run by sets that say the same.
type poolName struct{ set, hash, cohort string }

func (t *rating) pool() poolName { return poolName{t.set.ID, t.set.Hash, t.cohort.ID} }

// standing returns what tells whether a pool is rated as in the earlier run: by the same sets, and no firm in it then or now is one that
// edits reach. Nobody outside a pool bears on those in it but tenants on their landlords, by their scale.
func (r *run) standing() func(pool []*rating) bool {
	reached, known := r.reachedPools()
	return func(pool []*rating) bool { return known && !reached[pool[0].pool()] }
}

// reachedPools are those in which a firm is, or was, that edits reach. It is false when they may reach any.
func (r *run) reachedPools() (map[poolName]bool, bool) {
	if !r.sameScales() {
		return nil, false
	}
	reached := map[poolName]bool{}
	for _, f := range r.moved.firms {
		for _, t := range []*rating{&r.ratings[f], &r.before.ratings[f]} {
			if !t.out {
				reached[t.pool()] = true
			}
		}
	}
	return reached, true
}

// sameScales reports whether there is an earlier run by the same sets, and no firm's scale differs from it: of what other firms are, nothing
// else bears on a firm before the ranking.
func (r *run) sameScales() bool {
	return r.before != nil && r.sameSets(KindEvaluation) && !slices.ContainsFunc(r.moved.firms, func(f int32) bool {
		return r.aboveScale(int(f)) != r.before.aboveScale(int(f))
	})
}

// keepPool takes over what the earlier run said of a pool.
func (r *run) keepPool(pool []*rating) {
	for _, t := range pool {
		r.out.Firms[t.firm] = r.before.out.Firms[t.firm]
	}
	now, was := pool[0], &r.before.ratings[pool[0].firm]
	for k := range now.cohort.Indicators {
		r.bases[baseKey{now.set, now.cohort, k}] = r.before.bases[baseKey{was.set, was.cohort, k}]
	}
}
