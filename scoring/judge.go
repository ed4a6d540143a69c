package scoring

import "slices"

// judge scores every parcel after the firms are rated: it begins with land and money, grades it and judges its land.
func (r *run) judge() {
	begun, taken := due{all: r.snap.Parcels.Len()}, due{all: -1}
	if r.before != nil {
		begun, taken = due{all: -1, parcels: r.moved.parcels}, begun
	}
	stock, land, exit := r.dueFor(KindStock), r.dueFor(KindLowUse, KindIdle, KindIdlePlant, KindStock), r.dueFor(KindExit, KindStock)
	r.recall(max(r.readyStock(stock), r.rules.noTaxYears()))
	failing := make([]bool, r.snap.Parcels.Len())
	inOrder(r.snap.Parcels.Len(),
		task{taken, func(p int) { r.out.Parcels[p] = r.before.out.Parcels[p] }},
		task{begun, r.begin(begun)},
		task{r.gradesDue(), r.grade},
		task{stock, r.sortStock},
		task{land, r.judgeLand},
		task{exit, func(p int) { r.out.Parcels[p].Exit, failing[p] = -1, r.failsEnough(p) }},
	)
	r.listExits(exit, failing)
}

// gradesDue are the parcels whose class may differ: all where firms were rated anew, else those that were begun.
func (r *run) gradesDue() due {
	if r.rated {
		return due{all: r.snap.Parcels.Len()}
	}
	return due{all: -1, parcels: r.moved.parcels}
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

// inOrder does the tasks one after another for every one of n parcels.
func inOrder(n int, tasks ...task) {
	tasks = slices.DeleteFunc(tasks, func(t task) bool { return t.due.none() })
	eachChunk(n, func(from, to int) {
		for at := from; at < to; at += blockOfParcels {
			for _, t := range tasks {
				t.due.within(at, min(at+blockOfParcels, to), t.do)
			}
		}
	})
}
