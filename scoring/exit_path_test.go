package scoring_test

import (
	"math"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

func pathsOf(t testing.TB, v scoring.ExitVerdict) map[string]scoring.Path {
	t.Helper()
	paths := map[string]scoring.Path{}
	for _, p := range v.Paths {
		if p.Document == "" || p.Title.Zh == "" || p.Title.En == "" || p.Reason.Zh == "" || p.Reason.En == "" || p.Rule != v.Rule.ID {
			t.Errorf("a path without its words or ground: %+v", p)
		}
		paths[p.ID] = p
	}
	return paths
}

func TestLawfulPaths(t *testing.T) {
	contract := func(set func(*parcels.Contract)) func(*parcels.Rows) {
		return func(r *parcels.Rows) { set(&r.Parcels[0].Contract) }
	}
	built := func(set func(*parcels.Contract)) func(*parcels.Rows) {
		return contract(func(c *parcels.Contract) { c.CompletedOn = day("2015-01-01"); set(c) })
	}
	nothing := func(*parcels.Rows) {}
	cases := []struct {
		name, path string
		change     func(*parcels.Rows)
		want       bool
		why        string // in the Chinese reason
	}{
		{"rectification comes first", "rectify", nothing, true, "整改期限"},
		{"floor area agreed and not built", "expand", built(func(c *parcels.Contract) { c.AgreedFloorM2 = m2(25_000) }), true, "尚可建 5000 m²"},
		{"floor area as agreed", "expand", built(func(c *parcels.Contract) { c.AgreedFloorM2 = m2(20_000) }), false, "未约定更多"},
		{"the upper floor-area ratio", "expand", built(func(c *parcels.Contract) { c.MaxFAR = parcels.Some(1.5) }), true, "尚有 0.5"},
		{"investment short by 600", "expand", built(func(c *parcels.Contract) { c.AgreedFAIWan = wan(3600) }), true, "尚差 600 万元"},
		{"investment as agreed", "expand", built(func(c *parcels.Contract) { c.AgreedFAIWan = wan(3000) }), false, "未约定更多"},
		{"phase one is finished after the day", "expand", func(r *parcels.Rows) {
			r.Parcels[0].Contract.AgreedFloorM2, r.Parcels[0].Contract.CompletedOn = m2(25_000), day("2026-11-23")
			r.Parcels[0].Contract.ProducedOn, r.Buildings[0].CompletedOn = 0, 0
		}, false, "一期尚未建成"},
		{"low yield in a sound plant", "convert", built(func(*parcels.Contract) {}), true, "厂房可另用"},
		{"a plant nobody uses", "convert", func(r *parcels.Rows) { r.Parcels[0].State = parcels.StateUnused }, true, "空置"},
		{"low yield and low density", "convert", func(r *parcels.Rows) {
			r.Parcels[0].Contract.CompletedOn = day("2015-01-01")
			r.Buildings[0].Storeys[0].FloorM2 = 15_999
		}, false, "在用"},
		{"little land that is no general project goes by its benefit", "reserve", func(r *parcels.Rows) {
			r.Parcels[0].TitleAreaM2, r.Firms[0].Tags = m2(4*2000.0/3), []string{"major_project"}
			r.Parcels[0].Contract.FAIWan = wan(400)
			for i := range r.Figures {
				r.Figures[i].VATWan, r.Figures[i].OutputWan = wan(4*6), wan(4*100)
			}
			r.Buildings[0].Storeys[0].FloorM2 = 1000
		}, false, "2.5"},
		{"an agent lets an empty plant", "managed", func(r *parcels.Rows) { r.Parcels[0].State = parcels.StateUnused }, true, "代管"},
		{"no plant stands empty", "managed", nothing, false, "无疑似空置"},
		{"partly built", "split", func(r *parcels.Rows) {
			r.Parcels[0].State, r.Parcels[0].Contract.CompletedOn = parcels.StatePartial, day("2015-01-01")
		}, true, "疑似未建"},
		{"fully built", "split", built(func(*parcels.Contract) {}), false, "无疑似可分割"},
		{"benefit of 1 inside the block lines", "reserve", nothing, true, "原则上收储改造"},
		{"outside the block lines", "reserve", func(r *parcels.Rows) { r.Zones = nil }, false, "适用范围"},
		{"benefit of exactly 5", "reserve", func(r *parcels.Rows) {
			r.Figures[0].VATWan = wan(150)
			r.Buildings[0].Storeys[0].FloorM2 = 15_999
		}, false, "效益分档"},
		{"by agreement", "negotiate", nothing, true, "补偿"},
		{"no idle land is suspected", "idle_procedure", nothing, false, "未发现"},
		{"type 2 is suspected", "idle_procedure", func(r *parcels.Rows) {
			c := &r.Parcels[0].Contract
			c.StartedOn, c.SuspendedOn, c.DueStartOn = day("2020-01-01"), day("2021-01-01"), day("2020-01-01")
			c.ToDevelopM2, c.DevelopedM2 = m2(20_000), m2(1)
		}, true, "认定"},
		{"no free take-back", "free_take_back", nothing, false, "低效本身不构成无偿收回依据"},
		{"no tax by class", "class_levy", nothing, false, "仅作政策提示"},
		{"figures of statistics", "penalty_on_statistics", func(r *parcels.Rows) { r.Figures[0].Source = "statistics" }, false, "政府统计数据"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := poor()
			c.change(&rows)
			v := run(t, rows, shipped(t), someDay).ExitVerdict(0)
			got, ok := pathsOf(t, v)[c.path]
			if !v.Candidate || !ok || got.Fits != c.want || !strings.Contains(got.Reason.Zh, c.why) {
				t.Errorf("candidate %t, path %t %+v", v.Candidate, ok, got)
			}
		})
	}
	s := run(t, poor(), shipped(t), someDay)
	if _, ok := pathsOf(t, s.ExitVerdict(0))["penalty_on_statistics"]; ok {
		t.Error("figures a firm filed itself are taken for statistics")
	}
	e := explained(t, s, code(1))["exit"]
	if !strings.Contains(e.Note, "无偿收回：不适用，低效本身不构成无偿收回依据") || !strings.Contains(e.NoteEn, "does not fit, low efficiency alone is no ground") {
		t.Errorf("%q | %q", e.Note, e.NoteEn)
	}
}

// TestNoCandidateHasNoPaths: nothing is advised about a parcel that is not on the list.
func TestNoCandidateHasNoPaths(t *testing.T) {
	rows := poor()
	rows.Parcels[0].Contract.GovernmentCause = parcels.Some(true)
	v := run(t, rows, shipped(t), someDay).ExitVerdict(0)
	if v.Candidate || len(v.Paths) != 0 || len(v.Nearest) != 0 || v.Excused.Zh != "政府原因" || v.Excused.En != "government cause" || v.Failed != 2 {
		t.Errorf("%+v", v)
	}
}

// TestNearestTurn by hand. poor() fails investment by 75 / 175 = 0.4286 and the benefit by 4 / 5 = 0.8, two groups of two: investment is
// the nearer way off. With investment at 300 per mu one group is missing: density is nearest by the floor-area ratio, (1 − 0.8) / 0.8 =
// 0.25 against (300 − 175) / 175 = 0.71.
func TestNearestTurn(t *testing.T) {
	cases := []struct {
		name   string
		change func(*parcels.Rows)
		on     bool
		test   string
		by     float64
		share  float64
	}{
		{"off the list", func(*parcels.Rows) {}, true, "fai_per_mu", 75, 75.0 / 175},
		{"onto the list", func(r *parcels.Rows) { r.Parcels[0].Contract.FAIWan = wan(9000) }, false, "far", -0.2, 0.25},
		{"onto the list at the threshold itself", func(r *parcels.Rows) { r.Parcels[0].Contract.FAIWan = wan(175 * 30) }, false, "fai_per_mu", 0, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := poor()
			c.change(&rows)
			v := run(t, rows, shipped(t), someDay).ExitVerdict(0)
			if v.Candidate != c.on || len(v.Nearest) != 1 || v.Nearest[0].Test != c.test || math.Abs(v.Nearest[0].By-c.by) > 1e-9 || math.Abs(v.Nearest[0].Share-c.share) > 1e-9 {
				t.Errorf("candidate %t, %+v", v.Candidate, v.Nearest)
			}
		})
	}
	rich := poor()
	rich.Parcels[0].Contract.FAIWan = wan(9000)
	decisive := withExit(t, rich, exitSet(strings.Replace(strings.Replace(threeTests, "%s", "3", 1), "%s", ", decisive: true", 1))).ExitVerdict(0)
	// A decisive failure has to be repaired whatever the groups: tax of 1 up to 4.
	if !decisive.Candidate || len(decisive.Nearest) != 1 || decisive.Nearest[0].Test != "tax_per_mu" || decisive.Nearest[0].By != 3 || decisive.Decisive[0] != "tax_per_mu" {
		t.Errorf("%+v", decisive)
	}
	// Beside it investment fails by less; repairing that would leave the decisive failure.
	both := withExit(t, poor(), exitSet(strings.Replace(strings.Replace(threeTests, "%s", "3", 1), "%s", ", decisive: true", 1))).ExitVerdict(0)
	if len(both.Nearest) != 1 || both.Nearest[0].Test != "tax_per_mu" {
		t.Errorf("%+v", both.Nearest)
	}
	bare := poor()
	bare.Figures, bare.Buildings, bare.Parcels[0].YardAreaM2 = nil, nil, parcels.Opt[float64]{}
	if v := run(t, bare, shipped(t), someDay).ExitVerdict(0); v.Candidate || len(v.Nearest) != 0 {
		t.Errorf("with one group of values on file nothing could put it on the list: %+v", v.Nearest)
	}
}
