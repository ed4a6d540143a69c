package api

import (
	"sync"
	"time"

	"muchan/parcels"
	"muchan/scoring"
)

var classRoutes = []route{
	{
		method: get, pattern: "/api/v1/firms/{uscc}/classes", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone", answer: []firmPastClassDoc{},
		doc: words{"企业历次公布的等级", "a firm's class in every published run"}, handle: (*call).firmClasses,
	},
	{
		method: get, pattern: "/api/v1/parcels/{code}/classes", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: []pastClassDoc{},
		doc: words{"宗地历次公布的等级", "a parcel's class in every published run"}, handle: (*call).parcelClasses,
	},
}

// pastClassDoc is a class in one published run.
type pastClassDoc struct {
	Run         string        `json:"run"`
	Year        int           `json:"year"`
	AsOf        parcels.Date  `json:"as_of"`
	PublishedAt time.Time     `json:"published_at"`
	RulesID     string        `json:"rules_id"`
	RulesHash   string        `json:"rules_hash"`
	Class       scoring.Class `json:"class"`
}

type firmPastClassDoc struct {
	pastClassDoc
	RuleSet string               `json:"rule_set"`
	Cohort  string               `json:"cohort"`
	Points  parcels.Opt[float64] `json:"points"`
	Rank    *int                 `json:"rank"`
	Of      *int                 `json:"of"`
}

// firmClasses lists what published runs said of a firm, newest first. Runs that did not know it are left out.
func (c *call) firmClasses() error {
	docs := []firmPastClassDoc{}
	known := false
	if _, known = c.image.Snapshot.FirmIndex(c.path("uscc")); !known {
		return notFound("没有这家企业", "there is no such firm")
	}
	for i := range c.image.Runs {
		v, err := c.s.verdicts.of(&c.image.Runs[i])
		if err != nil {
			return err
		}
		f, rated := v.Firms[c.path("uscc")]
		if !rated {
			continue
		}
		doc := firmPastClassDoc{pastClassDoc: classIn(&c.image.Runs[i], f.Class), RuleSet: f.RuleSet, Cohort: f.Cohort, Points: f.Points}
		if f.Rank > 0 {
			doc.Rank, doc.Of = &f.Rank, &f.Of
		}
		docs = append(docs, doc)
	}
	return c.json(docs)
}

// parcelClasses lists what published runs said of a parcel, newest first. One that ended is asked for by its own code.
func (c *call) parcelClasses() error {
	docs := []pastClassDoc{}
	_, known := c.image.Snapshot.ParcelIndex(c.path("code"))
	for i := range c.image.Runs {
		v, err := c.s.verdicts.of(&c.image.Runs[i])
		if err != nil {
			return err
		}
		if class, there := v.Parcels[c.path("code")]; there {
			docs = append(docs, classIn(&c.image.Runs[i], class))
		}
	}
	if !known && len(docs) == 0 {
		return notFound("没有这个宗地", "there is no such parcel")
	}
	return c.json(docs)
}

func classIn(r *parcels.Run, class scoring.Class) pastClassDoc {
	return pastClassDoc{r.ID, r.Year, r.AsOf, r.PublishedAt.UTC(), r.RulesID, r.RulesHash, class}
}

// verdicts keeps what runs said, each read once: neither a published run nor a draft ever changes. A draft that another has replaced
// makes room after a while.
type verdicts struct {
	mu    sync.Mutex
	kept  map[string]*scoring.Verdicts
	order []string // of the keys, oldest first
}

// maxVerdicts bounds how many runs are kept; one of 100 000 parcels takes some 40 MB.
const maxVerdicts = 16

func (v *verdicts) of(r *parcels.Run) (*scoring.Verdicts, error) {
	return v.get(r.ID, func() ([]byte, error) { return r.Results, nil })
}

func (v *verdicts) get(key string, results func() ([]byte, error)) (*scoring.Verdicts, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if known, ok := v.kept[key]; ok {
		return known, nil
	}
	b, err := results()
	if err != nil {
		return nil, err
	}
	read, err := scoring.ReadVerdicts(b)
	if err != nil {
		return nil, err
	}
	if len(v.order) == maxVerdicts {
		delete(v.kept, v.order[0])
		v.order = v.order[1:]
	}
	if v.kept == nil {
		v.kept = map[string]*scoring.Verdicts{}
	}
	v.kept[key], v.order = read, append(v.order, key)
	return read, nil
}
