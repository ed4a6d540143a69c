package whatif

import (
	"fmt"
	"math"

	"muchan/parcels"
	"muchan/scoring"
)

// Result is what would differ. Lists hold what the window asks for of each; Totals says how long they are.
type Result struct {
	Totals   Totals            `json:"totals"`
	Year     int               `json:"year"`
	AsOf     parcels.Date      `json:"as_of"`
	Sets     []SetChange       `json:"sets"`
	Rules    []scoring.RuleRef `json:"rules"`    // in use after
	Warnings []string          `json:"warnings"` // of the run after
	Firms    Migration         `json:"firms"`
	Parcels  Migration         `json:"parcels"`
	// PointsMoved and RankMoved count firms whose points differ by more than 1e-9, and whose rank or number of ranked firms differs,
	// whether or not the class does.
	PointsMoved   int            `json:"points_moved"`
	RankMoved     int            `json:"rank_moved"`
	FirmChanges   []FirmChange   `json:"firm_changes"` // firms whose class differs, by credit code
	ParcelChanges []ParcelChange `json:"parcel_changes"`
	Exit          ExitDifference `json:"exit"`
	Stock         []BandChange   `json:"stock"` // parcels whose band of stock land differs, by code
	Idle          []IdleChange   `json:"idle"`  // parcels whose idle flags differ, by code
}

// Totals are the lengths of the whole lists.
type Totals struct {
	FirmChanges   int `json:"firm_changes"`
	ParcelChanges int `json:"parcel_changes"`
	ExitAdded     int `json:"exit_added"`
	ExitRemoved   int `json:"exit_removed"`
	ExitMoved     int `json:"exit_moved"`
	Stock         int `json:"stock"`
	Idle          int `json:"idle"`
}

// Window is the part of each list that a reader wants. Reasons are put into words for that part alone.
type Window struct {
	From, Most int
}

// Whole is the window of all there is.
var Whole = Window{Most: math.MaxInt}

// note counts an entry of a list, and adds it when the window holds it.
func note[T any](w Window, list *[]T, total *int, entry func() T) {
	if *total >= w.From && *total-w.From < w.Most {
		*list = append(*list, entry())
	}
	*total++
}

// Classes are the rows and columns of a migration matrix; the last is that of a parcel without a firm to rate.
var Classes = [6]scoring.Class{scoring.ClassA, scoring.ClassB, scoring.ClassC, scoring.ClassD, scoring.ClassNotRated, scoring.ClassNone}

// Migration counts who went from which class to which.
type Migration struct {
	Classes [6]scoring.Class `json:"-"`
	Count   [6][6]int        `json:"-"` // before × after
	Moved   int              `json:"moved"`
	Cells   []Move           `json:"cells"` // the counts that are not 0, by row and column of the matrix
}

// Move is one cell of a migration matrix.
type Move struct {
	From  scoring.Class `json:"from"`
	To    scoring.Class `json:"to"`
	Count int           `json:"count"`
}

func (m *Migration) add(from, to scoring.Class) {
	i := place(from)
	j := i
	if from != to {
		j = place(to)
		m.Moved++
	}
	m.Count[i][j]++
}

func place(c scoring.Class) int {
	for i, known := range Classes {
		if c == known {
			return i
		}
	}
	panic(fmt.Sprintf("whatif: the class %q is none of %v", c, Classes))
}

func (m *Migration) list() {
	m.Classes, m.Cells = Classes, []Move{}
	for i := range Classes {
		for j := range Classes {
			if n := m.Count[i][j]; n > 0 {
				m.Cells = append(m.Cells, Move{Classes[i], Classes[j], n})
			}
		}
	}
}

// Try scores base again with what the request changes. book is the one base was made with.
func Try(base *scoring.Scores, book scoring.Book, q Request, w Window) (*Result, error) {
	changed, sets, err := q.book(book, base)
	if err != nil {
		return nil, fmt.Errorf("what-if: %w", err)
	}
	after, err := base.Rerun(changed, q.Edits)
	if err != nil {
		return nil, fmt.Errorf("what-if: %w", err)
	}
	d := &difference{before: base, after: after, books: [2]scoring.Book{book, changed}, window: w, brief: q.Brief}
	r := d.result()
	r.Sets = sets
	return r, nil
}

// difference compares two runs of one snapshot's parcels and firms.
type difference struct {
	before, after *scoring.Scores
	books         [2]scoring.Book // what each run was made with
	window        Window
	brief         bool
	out           *Result
}

// result lists what differs.
func (d *difference) result() *Result {
	after := d.after
	r := &Result{
		Year: after.Year, AsOf: after.AsOf, Rules: after.Rules, Warnings: after.Warnings, Sets: []SetChange{},
		FirmChanges: []FirmChange{}, ParcelChanges: []ParcelChange{}, Stock: []BandChange{}, Idle: []IdleChange{},
	}
	if r.Warnings == nil {
		r.Warnings = []string{}
	}
	d.out = r
	var firms parcels.Crew
	firms.Go(func() { // beside the parcels: the two fill different parts of the result
		for f := range after.Firms {
			d.firm(f)
		}
	})
	for p := range after.Parcels {
		d.parcel(p)
	}
	firms.Wait()
	d.exits()
	r.Firms.list()
	r.Parcels.list()
	return r
}
