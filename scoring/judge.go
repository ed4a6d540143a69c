package scoring

import "slices"

// judge grades every parcel and judges its land, after the firms are rated.
func (r *run) judge() {
	stock, land, exit := r.dueFor(KindStock), r.dueFor(KindLowUse, KindIdle, KindIdlePlant, KindStock), r.dueFor(KindExit, KindStock)
	r.recall(max(r.readyStock(stock), r.rules.noTaxYears()))
	failing := make([]bool, len(r.snap.Parcels))
	inOrder(
		task{r.gradesDue(), r.grade},
		task{stock, r.sortStock},
		task{land, r.judgeLand},
		task{exit, func(p int) { r.out.Parcels[p].Exit, failing[p] = -1, r.failsEnough(p) }},
	)
	r.listExits(exit, failing)
}

// gradesDue are the parcels whose class may differ: all where firms were rated anew.
func (r *run) gradesDue() due {
	if r.rated {
		return due{all: len(r.snap.Parcels)}
	}
	return due{all: -1}
}

// task is something done to every parcel that is due for it. It may only write to the parcel's own positions, and look at what the tasks
// before it found of the same parcel.
type task struct {
	due due
	do  func(p int)
}

// blockOfParcels is how many parcels go through one task before they go through the next: their rows stay in the processor's cache, and
// 10^6 parcels are fetched from memory once and not for every task.
const blockOfParcels = 128

// inOrder does the tasks one after another for every parcel.
func inOrder(tasks ...task) {
	if slices.ContainsFunc(tasks, func(t task) bool { return t.due.all < 0 }) { // few parcels are due for some, so there is little to fetch
		for _, t := range tasks {
			t.due.each(t.do)
		}
		return
	}
	eachChunk(tasks[0].due.all, func(from, to int) {
		for at := from; at < to; at += blockOfParcels {
			for _, t := range tasks {
				for p := at; p < min(at+blockOfParcels, to); p++ {
					t.do(p)
				}
			}
		}
	})
}
