package parcels

import "fmt"

// SameRows is what the journal knows of changes with the same rows as the one to apply.
type SameRows struct {
	Standing int64  // number of the newest one that holds, 0 for none
	Hash     string // to record the change under, if it is written: hashes are unique, so the nth change with these rows has n behind it
}

// NewSameRows sums up the changes with a content hash, oldest first.
func NewSameRows(hash string, changes []int64, undoes Undoes) SameRows {
	same := SameRows{Hash: hash}
	if len(changes) > 0 {
		same.Hash = fmt.Sprintf("%s.%d", hash, len(changes)+1)
	}
	for _, change := range changes {
		if undoes.Standing(change) {
			same.Standing = change
		}
	}
	return same
}

// Repeats returns the change that a plan repeats: the same rows came in before, that change holds, and nothing is to be written. 0 for
// none: what wrote over the rows since then, in a later change or by SQL, makes bringing them in again a change of its own.
func (s SameRows) Repeats(p *Plan) int64 {
	if p.Len() > 0 {
		return 0
	}
	return s.Standing
}
