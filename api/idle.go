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
	BBox       []float64            `json:"bbox"`
	*feeDoc
}

// stageDoc is a stage and the day it begins.
type stageDoc struct {
	ID       string       `json:"id"`
	On       parcels.Date `json:"on"`
	DaysLeft int          `json:"days_left"` // 0 once it has begun
}

// feeDoc is for analysts: the fee is a fixed share of the land price, which can be read back from it.
type feeDoc struct {
	FeeWan parcels.Opt[parcels.Wan] `json:"fee_wan"`
}

type idleList struct {
	Year  int       `json:"year"`
	AsOf  string    `json:"as_of"`
	Total int       `json:"total"`
	Rows  []idleDoc `json:"rows"`
}

// idle lists parcels that may be idle land or hold an idle plant. It is a suspicion, not the authority's determination.
func (c *call) idle() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	doc := idleList{Year: c.image.Scores.Year, AsOf: c.image.Snapshot.AsOf.String(), Rows: []idleDoc{}}
	for i := range c.image.Scores.Parcels {
		p, s := &c.image.Snapshot.Parcels[i], &c.image.Scores.Parcels[i]
		if park := c.text("park"); park != "" && park != p.Park || s.Idle.Type == "" && !s.Idle.Plant {
			continue
		}
		row := idleRow(p, s, c.image.Scores.AsOf)
		if c.audience >= layers.Analyst {
			row.feeDoc = &feeDoc{s.Idle.FeeWan}
		}
		doc.Rows = append(doc.Rows, row)
	}
	doc.Total = len(doc.Rows)
	return c.json(doc)
}

func idleRow(p *parcels.Parcel, s *scoring.ParcelScore, asOf parcels.Date) idleDoc {
	doc := idleDoc{
		Code: p.Code, Park: p.Park, Type: s.Idle.Type, Stage: s.Idle.Stage, Since: s.Idle.Since,
		Plant: s.Idle.Plant, PlantSince: s.Idle.PlantSince, BBox: box(p.Shape.Bound()),
	}
	doc.Of, doc.Government, doc.Due, doc.Stages = s.Idle.Of, s.Idle.Government, s.Idle.Due, []stageDoc{}
	for _, stage := range s.Idle.Stages(asOf) {
		doc.Stages = append(doc.Stages, stageDoc(stage))
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
