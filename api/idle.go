package api

import (
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

type idleDoc struct {
	Code       string               `json:"code"`
	Park       string               `json:"park"`
	Type       string               `json:"type"`
	Title      string               `json:"title"` // of the type
	TitleEn    string               `json:"title_en"`
	Stage      string               `json:"stage"`
	Since      parcels.Date         `json:"since"`
	Of         string               `json:"of"` // unstarted or stalled, also in a warning
	Government bool                 `json:"government"`
	Due        parcels.Date         `json:"due"`
	Days       *int                 `json:"days"`      // idle so far; null in a warning
	DaysLeft   *int                 `json:"days_left"` // to the next stage; null when none follows
	Stages     []stageDoc           `json:"stages"`
	Plant      bool                 `json:"plant"`
	PlantSince parcels.Date         `json:"plant_since"`
	Vacant     parcels.Opt[float64] `json:"vacant_share"` // percent
	Rule       *scoring.RuleRef     `json:"rule"`         // of idle land; null where only a plant is idle
	PlantRule  *scoring.RuleRef     `json:"plant_rule"`   // null where no plant is
	BBox       []float64            `json:"bbox"`
	*feeDoc
}

// stageDoc is a stage and the day it begins.
type stageDoc struct {
	ID       string       `json:"id"`
	Title    scoring.Text `json:"title"`
	On       parcels.Date `json:"on"`
	DaysLeft int          `json:"days_left"` // 0 once it has begun
}

// feeDoc is for analysts: the fee is a fixed share of the land price, which can be read back from it.
type feeDoc struct {
	FeeWan parcels.Opt[parcels.Wan] `json:"fee_wan"`
}

type idleList struct {
	Year     int       `json:"year"`
	AsOf     string    `json:"as_of"`
	Notice   string    `json:"notice"`
	NoticeEn string    `json:"notice_en"`
	Total    int       `json:"total"`
	Rows     []idleDoc `json:"rows"`
}

var idleParams = append([]param{
	yearParam, parkParam,
	{name: "type", kind: wordParam, words: []string{scoring.IdleUnstarted, scoring.IdleStalled, scoring.IdleWarning}, doc: words{"疑似类型", "type of suspicion"}},
	{
		name: "stage", kind: wordParam, doc: words{"阶段", "stage"},
		words: []string{scoring.StageWarning, scoring.StageFee, scoring.StageTakeBack, scoring.StageGovernment},
	},
	{name: "government", kind: flagParam, doc: words{"是否有政府原因在案", "whether a cause of the government is on file"}},
	{name: "plant", kind: flagParam, doc: words{"是否疑似闲置厂房", "whether a plant is suspected to stand empty"}},
}, listParams("", idleOrders)...)

// idleOrders sort parcels, which come by code.
var idleOrders = []order[idleDoc]{
	{"code", func(_ *call, d idleDoc) sortKey { return byText(d.Code) }},
	{"since", func(_ *call, d idleDoc) sortKey { return byDay(d.Since) }},
	{"days", func(_ *call, d idleDoc) sortKey { return byPointer(d.Days) }},
	{"days_left", func(_ *call, d idleDoc) sortKey { return byPointer(d.DaysLeft) }},
	{"plant_since", func(_ *call, d idleDoc) sortKey { return byDay(d.PlantSince) }},
	{"vacant_share", func(_ *call, d idleDoc) sortKey { return byOpt(d.Vacant) }},
}

// idle lists parcels that may be idle land or hold an idle plant. It is a suspicion, not the authority's determination.
func (c *call) idle() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	doc := idleList{
		Year: c.image.Scores.Year, AsOf: c.image.Snapshot.AsOf.String(), Notice: landNotice.Zh, NoticeEn: landNotice.En, Rows: []idleDoc{},
	}
	for i := range c.image.Scores.Parcels {
		if !c.wantsIdle(i) {
			continue
		}
		row := c.image.idleRow(i)
		if c.audience >= layers.Analyst {
			row.feeDoc = &feeDoc{c.image.Scores.Parcels[i].Idle.FeeWan}
		}
		doc.Rows = append(doc.Rows, row)
	}
	doc.Total = len(doc.Rows)
	doc.Rows = listed(c, doc.Rows, idleOrders)
	return c.json(doc)
}

// wantsIdle reports whether a parcel may be idle and passes the filters.
func (c *call) wantsIdle(at int) bool {
	park, kind, stage, government, plant := c.text("park"), c.text("type"), c.text("stage"), c.text("government"), c.text("plant")
	idle := c.image.Scores.Parcels[at].Idle
	return (idle.Type != "" || idle.Plant) && (park == "" || park == c.image.Snapshot.Parcels.At(at).Park) && (kind == "" || kind == idle.Type) &&
		(stage == "" || stage == idle.Stage) && (government == "" || (government == "true") == idle.Government) &&
		(plant == "" || (plant == "true") == idle.Plant)
}

// idleRow tells of one parcel without the fee; at is its position.
func (i *Image) idleRow(at int) idleDoc {
	p, s := i.Snapshot.Parcels.At(at), &i.Scores.Parcels[at]
	doc := idleDoc{
		Code: p.Code, Park: p.Park, Type: s.Idle.Type, Stage: s.Idle.Stage, Since: s.Idle.Since,
		Plant: s.Idle.Plant, PlantSince: s.Idle.PlantSince, BBox: box(p.Shape.Bound()),
	}
	doc.Of, doc.Government, doc.Due, doc.Stages = s.Idle.Of, s.Idle.Government, s.Idle.Due, []stageDoc{}
	doc.Title, doc.TitleEn = s.Idle.Title()
	if s.Idle.Type != "" {
		doc.Rule = i.ruleOf(scoring.KindIdle, at)
	}
	if s.Idle.Plant {
		doc.PlantRule = i.ruleOf(scoring.KindIdlePlant, at)
	}
	for _, stage := range s.Idle.Stages(i.Scores.AsOf) {
		doc.Stages = append(doc.Stages, stageDoc{stage.ID, scoring.Word("stage", stage.ID), stage.On, stage.DaysLeft})
	}
	if s.Idle.Type != "" && s.Idle.Type != scoring.IdleWarning {
		doc.Days = &s.Idle.Days
	}
	if s.Idle.DaysLeft > 0 {
		doc.DaysLeft = &s.Idle.DaysLeft
	}
	if v, ok := s.VacantShare.Get(); ok {
		doc.Vacant = parcels.Some(100 * v)
	}
	return doc
}

// ruleOf names the set of a kind that was used for a parcel.
func (i *Image) ruleOf(kind string, at int) *scoring.RuleRef {
	set := i.Scores.RuleSet(kind, at)
	if set == nil {
		return nil
	}
	ref := set.Ref()
	return &ref
}
