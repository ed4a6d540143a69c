package report

import (
	"errors"
	"fmt"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

// ErrAudience says that an audience may not have a document at all.
var ErrAudience = errors.New("not for this audience")

// ExitList is the list of suspected exit candidates, worst first, as it is laid on a table.
type ExitList struct {
	tongue
	cover cover
	rows  [][]string
	sums  []fact
}

// NewExitList gathers the list for some parks, all when none is named. It fails with ErrAudience below an analyst: it names firms.
func NewExitList(in Input, parks []string) (*ExitList, error) {
	table := in.Tables[layers.Parcels]
	if table.Audience < layers.Analyst {
		return nil, fmt.Errorf("exit list: %w", ErrAudience)
	}
	to := in.tongue()
	l := &ExitList{tongue: to, cover: cover{to.say("疑似退出候选名单"), to.parkNames(in.Scores.Snapshot(), parks), in.About, table.Audience, exitRules(in.Scores.Rules)}}
	s := summary{tongue: to, failed: map[string]int{}}
	for rank := range in.Scores.Exit {
		e := &in.Scores.Exit[rank]
		p := in.Scores.Snapshot().Parcels.At(e.Parcel)
		if len(parks) > 0 && !slices.Contains(parks, p.Park) {
			continue
		}
		s.add(in.Scores, e)
		l.rows = append(l.rows, candidateRow(&in, rank))
	}
	l.sums = s.facts()
	return l, nil
}

// Len is the number of candidates.
func (l *ExitList) Len() int { return len(l.rows) }

func (l tongue) parkNames(snap *parcels.Snapshot, parks []string) string {
	if len(parks) == 0 {
		return l.say("全部园区")
	}
	var names []string
	for _, code := range parks {
		if p := snap.Park(code); p != nil {
			names = append(names, l.park(p))
		}
	}
	return l.joined("、", names...)
}

// exitRules are the sets that the list rests on.
func exitRules(all []scoring.RuleRef) []scoring.RuleRef {
	var used []scoring.RuleRef
	for _, r := range all {
		if r.Kind == scoring.KindExit || r.Kind == scoring.KindEvaluation || r.Kind == scoring.KindStock {
			used = append(used, r)
		}
	}
	return used
}

func candidateRow(in *Input, rank int) []string {
	scores, l := in.Scores, in.tongue()
	e := &scores.Exit[rank]
	p, s := scores.Snapshot().Parcels.At(e.Parcel), &scores.Parcels[e.Parcel]
	var failed, paths, firms []string
	state := l.say("未立案")
	verdict := scores.ExitVerdict(e.Parcel)
	for i := range verdict.Tests {
		if t := &verdict.Tests[i]; t.Failed {
			value, threshold := compared(t)
			failed = append(failed, l.of(scoring.MetricTitle(t.Metric))+" "+value+l.say("＜")+threshold)
		}
	}
	for _, path := range verdict.Paths {
		if path.Fits {
			paths = append(paths, l.of(path.Title))
		}
	}
	for _, share := range s.Firms {
		firms = append(firms, scores.Snapshot().Firms[share.Firm].Name)
	}
	for i := range in.Cases {
		if m := &in.Cases[i]; m.Subject == p.Code && m.Kind == parcels.MatterExit {
			state = l.pick(parcels.StateTitles[m.State], parcels.StateTitlesEn[m.State])
			break // those opened last come first
		}
	}
	return []string{
		fmt.Sprint(rank + 1), p.Code + " " + p.Address, realText(s.LandMu, 2), l.joined("、", firms...), l.class(s.Class), realText(s.TaxPerMu(), 2),
		realText(s.FAIPerMu, 2), realText(s.FAR, 2), l.joined("；", failed...), someDecimal(e.Severity, 2), l.joined("、", paths...), state,
	}
}

// summary counts what the list holds.
type summary struct {
	tongue
	parcels int
	landMu  float64
	unknown int // parcels whose land is not on file
	failed  map[string]int
}

func (s *summary) add(scores *scoring.Scores, e *scoring.ExitCandidate) {
	s.parcels++
	if mu, ok := scores.Parcels[e.Parcel].LandMu.Get(); ok {
		s.landMu += mu
	} else {
		s.unknown++
	}
	tests, _ := scores.ExitTests(e.Parcel)
	for i := range tests {
		if tests[i].Failed {
			s.failed[tests[i].Metric]++
		}
	}
}

func (s *summary) facts() []fact {
	land := decimal(s.landMu, 2) + " " + s.unit("亩")
	if s.unknown > 0 {
		land += s.sayf("（另有 %d 宗面积不详）", s.unknown)
	}
	list := []fact{{s.say("宗数"), fmt.Sprint(s.parcels)}, {s.say("用地面积合计"), land}}
	for _, metric := range scoring.ExitMetrics {
		if n := s.failed[metric]; n > 0 {
			list = append(list, fact{s.of(scoring.MetricTitle(metric)) + s.say("未达标"), s.sayf("%d 宗", n)})
		}
	}
	return list
}

// PDF draws the list.
func (l *ExitList) PDF() ([]byte, error) {
	s := newSheet(l.cover.title, true, l.tongue)
	s.masthead(&l.cover)
	s.paragraph(normal, alarm, s.say("本名单为依规则计算的“疑似”候选，供研究处置之用，不是认定，也不是退出决定；任何处置之前先告知并给予整改期限。低效本身不构成无偿收回依据。"))
	s.gap(1)
	s.facts(l.sums)
	if len(l.rows) == 0 {
		s.paragraph(large, ink, s.say("依现行规则没有疑似退出候选。"))
	} else {
		s.table(small, []column{
			{"序", 0.45, true},
			{"宗地和坐落", 2.1, false},
			{"用地 (亩)", 0.8, true},
			{"用地企业", 2, false},
			{"等级", 0.6, false},
			{"亩均税收 (万元/亩)", 0.9, true},
			{"投资强度 (万元/亩)", 0.9, true},
			{"容积率", 0.7, true},
			{"未达标项（值＜阈值）", 2.6, false},
			{"紧迫度", 0.7, true},
			{"可考虑的处置路径", 2, false},
			{"台账", 0.8, false},
		}, l.rows)
	}
	s.ruleList(&l.cover)
	return s.bytes(func(page, of int) { s.footer(&l.cover, page, of) })
}
