package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

type draftBody struct {
	On       parcels.Date `json:"on"`
	Note     string       `json:"note"`
	Document string       `json:"document"`
}

// draftRun freezes the live scores of a year. Nothing of a draft is public.
func (c *call) draftRun() error {
	var b draftBody
	if err := c.readBody(&b); err != nil {
		return err
	}
	year := strconv.Itoa(c.image.Scores.Year)
	earlier, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{Kinds: []string{parcels.MatterRun}, Subject: year})
	if err != nil {
		return err
	}
	m := parcels.Matter{ID: parcels.NextRunID(year, c.image.Runs, earlier), Kind: parcels.MatterRun, Subject: year}
	a := c.act(&m, &actBody{Act: parcels.ActDraft, Seq: 1, On: b.On, Note: b.Note, Document: b.Document})
	if err := c.freeze(&a, c.image); err != nil {
		return err
	}
	return c.recordRun(m, a)
}

// freeze puts the results of an image into an act.
func (c *call) freeze(a *parcels.Act, i *Image) error {
	if c.s.Partial {
		return &fault{status: http.StatusConflict, code: "partial", detail: words{
			"此服务只载入了部分园区，不能形成全区评价", "this service holds only some parks, of which no evaluation can be made",
		}}
	}
	results, err := scoring.EncodeResults(i.Scores)
	if err != nil {
		return err
	}
	id, hash := scoring.RulesDigest(i.Scores.Rules)
	a.Run = &parcels.Run{Year: i.Scores.Year, AsOf: i.Scores.AsOf, Version: i.Scores.Version, RulesID: id, RulesHash: hash, Results: results}
	a.Rules = i.Rules.Texts(i.Scores.Rules)
	return nil
}

// actOnRun records the next act of a run. Analysts take objections in; everything else is the data keeper's.
func (c *call) actOnRun() error {
	var b actBody
	if err := c.readBody(&b); err != nil {
		return err
	}
	if b.Act != parcels.ActObject && c.audience < layers.Admin {
		return errForbidden
	}
	m, err := c.matter([]string{parcels.MatterRun})
	if err != nil {
		return err
	}
	a := c.act(m, &b)
	switch a.Act {
	case parcels.ActNotice:
		if least := max(a.On, a.Recorded()) + parcels.Date(c.s.NoticeDays) - 1; a.Until.OK() && a.Until < least {
			return c.shortNotice(m, least)
		}
	case parcels.ActObject:
		if err := c.knownSubject(m, &a); err != nil {
			return err
		}
	case parcels.ActRedraft:
		if err := c.refreeze(m, &a); err != nil {
			return err
		}
	}
	return c.recordRun(*m, a)
}

// knownSubject refuses an objection about a firm or parcel that neither the draft nor the data know.
func (c *call) knownSubject(m *parcels.Matter, a *parcels.Act) error {
	v, err := c.verdictsOf(m, m.Last(parcels.ActDraft, parcels.ActRedraft).Seq)
	if err != nil {
		return err
	}
	next := &Next{m.State, len(m.Acts) + 1, m.Allowed()}
	_, rated := v.Firms[strings.TrimSpace(a.Firm)]
	if a.Firm != "" && !rated && c.image.Snapshot.Firm(strings.TrimSpace(a.Firm)) == nil {
		return &fault{status: http.StatusUnprocessableEntity, code: "refused", detail: words{"没有这家企业：" + a.Firm, "there is no such firm: " + a.Firm}, next: next}
	}
	_, classed := v.Parcels[strings.TrimSpace(a.Parcel)]
	if a.Parcel != "" && !classed && c.image.Snapshot.Parcel(strings.TrimSpace(a.Parcel)) == nil {
		return &fault{status: http.StatusUnprocessableEntity, code: "refused", detail: words{"没有这个宗地：" + a.Parcel, "there is no such parcel: " + a.Parcel}, next: next}
	}
	return nil
}

func (c *call) shortNotice(m *parcels.Matter, least parcels.Date) error {
	return &fault{
		status: http.StatusUnprocessableEntity, code: "short_notice", next: &Next{m.State, len(m.Acts) + 1, m.Allowed()},
		detail: words{
			fmt.Sprintf("公示不少于 %d 天，截止日期不早于 %s（期限以主管部门规定为准）", c.s.NoticeDays, least),
			fmt.Sprintf("the notice lasts at least %d days, until %s or later (its length is for the authority to set)", c.s.NoticeDays, least),
		},
	}
}

// refreeze puts the live scores of the run's year into an act.
func (c *call) refreeze(m *parcels.Matter, a *parcels.Act) error {
	year, err := strconv.Atoi(m.Subject)
	if err != nil {
		return fmt.Errorf("year of run %s: %w", m.ID, err)
	}
	image, err := c.s.live.of(c.r.Context(), year)
	if err != nil {
		return err
	}
	return c.freeze(a, image)
}

// recordRun records an act and answers with the run as it then is, without the summary of its results.
func (c *call) recordRun(m parcels.Matter, a parcels.Act) error {
	if err := c.keep(m, a); err != nil {
		return err
	}
	after, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{ID: a.Matter})
	if err != nil || len(after) == 0 {
		return err
	}
	return c.json(c.runMatter(&after[0]))
}
