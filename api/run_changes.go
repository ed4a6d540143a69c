package api

import (
	"cmp"
	"maps"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

type runChangeList struct {
	ID    string         `json:"id"`
	From  int            `json:"from"` // number of the earlier draft's act
	To    int            `json:"to"`
	Total int            `json:"total"`
	Rows  []runChangeDoc `json:"rows"`
}

// runChangeDoc is a firm of which two drafts say different things; null where a draft does not know it.
type runChangeDoc struct {
	USCC   string      `json:"uscc"`
	Name   string      `json:"name"`
	Before *runFirmDoc `json:"before"`
	After  *runFirmDoc `json:"after"`
}

var runChangeOrders = []order[runChangeDoc]{
	{"uscc", func(_ *call, f runChangeDoc) sortKey { return byText(f.USCC) }},
	{"name", func(_ *call, f runChangeDoc) sortKey { return byText(f.Name) }},
	{"class", func(_ *call, f runChangeDoc) sortKey { return f.After.classKey() }},
	{"class_before", func(_ *call, f runChangeDoc) sortKey { return f.Before.classKey() }},
}

func (f *runFirmDoc) classKey() sortKey {
	if f == nil {
		return sortKey{missing: true}
	}
	return byText(string(f.Class))
}

// runChanges compares two drafts of a run.
func (c *call) runChanges() error {
	m, err := c.matter([]string{parcels.MatterRun})
	if err != nil {
		return c.changesOfNothing(err)
	}
	from, to, err := c.twoDrafts(m)
	if err != nil {
		return err
	}
	before, err := c.verdictsOf(m, from)
	if err != nil {
		return err
	}
	after, err := c.verdictsOf(m, to)
	if err != nil {
		return err
	}
	rows := c.image.changesBetween(before, after, c.text("what") == "class")
	return c.json(runChangeList{ID: m.ID, From: from, To: to, Total: len(rows), Rows: listed(c, rows, runChangeOrders)})
}

// changesOfNothing answers for a run that was published at once, which has no drafts; err for one that there is not.
func (c *call) changesOfNothing(err error) error {
	r, _, missing := c.publishedRun()
	if missing != nil {
		return err
	}
	return c.json(runChangeList{ID: r.ID, Rows: []runChangeDoc{}})
}

// twoDrafts returns the numbers of the drafts to compare. A run with one draft is compared with itself.
func (c *call) twoDrafts(m *parcels.Matter) (from, to int, err error) {
	later, err := draftOf(m, "to", c.number("to"))
	if err != nil {
		return 0, 0, err
	}
	if seq := c.number("from"); seq > 0 {
		earlier, err := draftOf(m, "from", seq)
		if err != nil {
			return 0, 0, err
		}
		return earlier.Seq, later.Seq, nil
	}
	before := parcels.Matter{Acts: m.Acts[:later.Seq-1]}
	return cmp.Or(before.Last(parcels.ActDraft, parcels.ActRedraft), later).Seq, later.Seq, nil
}

func (i *Image) changesBetween(before, after *scoring.Verdicts, classOnly bool) []runChangeDoc {
	rows := []runChangeDoc{}
	all := map[string]bool{}
	for _, v := range []*scoring.Verdicts{before, after} {
		for uscc := range v.Firms {
			all[uscc] = true
		}
	}
	for _, uscc := range slices.Sorted(maps.Keys(all)) {
		was, had := before.Firms[uscc]
		is, has := after.Firms[uscc]
		if had == has && (was == is || classOnly && was.Class == is.Class) {
			continue
		}
		row := runChangeDoc{USCC: uscc}
		if firm := i.Snapshot.Firm(uscc); firm != nil {
			row.Name = firm.Name
		}
		if had {
			doc := i.runFirm(uscc, &was)
			row.Before = &doc
		}
		if has {
			doc := i.runFirm(uscc, &is)
			row.After = &doc
		}
		rows = append(rows, row)
	}
	return rows
}
