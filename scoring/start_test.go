package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// overdue is land of 30 mu that was handed over in 2022 and should have been started in 2023; nothing says that it was.
func overdue(state string) parcels.Rows {
	p := plot(1, 30)
	p.State = state
	p.Contract = parcels.Contract{SignedOn: day("2022-01-10"), HandedOverOn: day("2022-03-01"), DueStartOn: day("2023-03-01"), PriceWan: wan(1860)}
	return parcels.Rows{Parcels: []parcels.Parcel{p}}
}

// A start nobody filed is shown by the register, by what stands and by output, and by nothing an earlier holder left or somebody made
// elsewhere. Land at 0.3 ha of 30 mu: 1 % of the land is 200 m².
func TestWhatShowsAStart(t *testing.T) {
	building := func(use string, floor float64, completed string) parcels.Building {
		b := plant("b", 1, floor)
		b.Use, b.CompletedOn = use, 0
		if completed != "" {
			b.CompletedOn = day(completed)
		}
		return b
	}
	bare := building("plant", 1, "")
	bare.Storeys = nil
	with := func(state string, b ...parcels.Building) parcels.Rows {
		rows := overdue(state)
		rows.Buildings = b
		return rows
	}
	producing := func(contract func(*parcels.Contract), output float64, elsewhere bool) parcels.Rows {
		rows := overdue(parcels.StateSupplied)
		contract(&rows.Parcels[0].Contract)
		rows = working(rows, output, 1, 1)
		if elsewhere {
			rows.Parcels = append(rows.Parcels, plot(2, 10))
			rows.Occupancies = append(rows.Occupancies, holds(2, 1, "lease", m2(1)))
		}
		return rows
	}
	asIs := func(*parcels.Contract) {}
	const supplied = parcels.StateSupplied
	for _, c := range []struct {
		name string
		rows parcels.Rows
		by   string // "" when the land stays unstarted, in the stage of take-back
	}{
		{"nothing", with(supplied), ""},
		{"approved only", with(parcels.StateApproved), ""},
		{"no state on file", with(""), ""},
		{"the register: under construction", with(parcels.StateBuilding), "state"},
		{"the register: built and unused", with(parcels.StateUnused), "state"},
		{"the register: partly built", with(parcels.StatePartial), "state"},
		{"the register: in use", with(parcels.StateInUse), "state"},
		{"the register: low efficiency", with(parcels.StateLow), "state"},
		{"a plant since the contract", with(supplied, building("plant", 20_000, "2024-01-01")), "building"},
		{"a plant completed on the day of signing", with(supplied, building("plant", 20_000, "2022-01-10")), "building"},
		{"a plant completed the day before signing", with(supplied, building("plant", 20_000, "2022-01-09")), ""},
		{"a plant to be completed tomorrow", with(supplied, building("plant", 20_000, "2026-11-23")), ""},
		{"a plant whose day of completion is missing", with(supplied, building("plant", 20_000, "")), "building"},
		{"an outline without day and storeys", with(supplied, bare), ""},
		{"an earlier holder's gatehouse", with(supplied, building("service", 30, "1998-05-01")), ""},
		{"a new gatehouse", with(supplied, building("service", 30, "2024-05-01")), ""},
		{"offices just below 1 % of the land", with(supplied, building("office", 199.99, "2024-05-01")), ""},
		{"offices of 1 % of the land", with(supplied, building("office", 200, "2024-05-01")), "building"},
		{"the gatehouse, and a new plant", with(supplied, building("service", 30, "1998-05-01"), plantOf("c", "2024-01-01")), "building"},
		{"output of the year", producing(asIs, 20_000, false), "output"},
		{"output of zero", producing(asIs, 0, false), ""},
		{"output that may have been made elsewhere", producing(asIs, 20_000, true), ""},
		{"output of the year in which the land was got", producing(func(c *parcels.Contract) {
			c.SignedOn, c.HandedOverOn, c.DueStartOn = day("2024-01-02"), 0, day("2024-01-02")
		}, 20_000, false), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := run(t, c.rows, shipped(t), someDay)
			idle, e := s.Parcels[0].Idle, explained(t, s, code(1))["idle"]
			want := scoring.IdleUnstarted
			if c.by != "" {
				want = ""
			}
			if idle.Type != want || (want != "" && idle.Stage != scoring.StageTakeBack) {
				t.Fatalf("%+v, want %q", idle, want)
			}
			evidence := ""
			for _, o := range e.Inputs {
				if o.NameEn == "Evidence of a start" {
					evidence = o.ValueEn
					if o.Source == "" {
						t.Errorf("%+v names no source", o)
					}
				}
			}
			if evidence != scoring.Word("start", c.by).En || (c.by != "") != strings.Contains(e.NoteEn, "the actual start is not on file") {
				t.Errorf("evidence %q, note %q", evidence, e.NoteEn)
			}
			checkWords(t, c.name, &e)
		})
	}
}

func plantOf(id, completed string) parcels.Building {
	b := plant(id, 1, 9000)
	b.CompletedOn = day(completed)
	return b
}

// The register's states that show a start are the rule set's; with none of them, the register shows nothing.
func TestStartStatesAreTheRuleSets(t *testing.T) {
	rows := overdue(parcels.StateInUse)
	for states, want := range map[string]string{"[in_use]": "", "[building]": scoring.IdleUnstarted, "[]": scoring.IdleUnstarted} {
		book := patchedBook(t, "idle.order53", "idle.start_states", states)
		if got := run(t, rows, book, someDay).Parcels[0].Idle.Type; got != want {
			t.Errorf("%s: %q, want %q", states, got, want)
		}
	}
}

// What an earlier holder left is said, in the explanation and as signed and unbuilt land, and is no built land of this holder.
func TestOldBuildingsAreTold(t *testing.T) {
	rows := overdue(parcels.StateSupplied)
	rows.Parcels[0].Contract.DueStartOn = day("2026-06-01")
	gatehouse := plantOf("gate", "1998-05-01")
	gatehouse.Use = "service"
	rows.Buildings = []parcels.Building{gatehouse}
	s := run(t, rows, shipped(t), someDay)
	if got := typesOf(&s.Parcels[0]); got != scoring.FindSignedUnbuilt {
		t.Errorf("findings %q", got)
	}
	if e := explained(t, s, code(1))["idle"]; !strings.Contains(e.NoteEn, "they show no start") {
		t.Errorf("note %q", e.NoteEn)
	}
	// Where the register says the land is in use, what stands is in use, whoever built it.
	rows.Parcels[0].State, rows.Parcels[0].Contract.AgreedFloorM2 = parcels.StateInUse, m2(30_000)
	s = run(t, rows, shipped(t), someDay)
	if got := typesOf(&s.Parcels[0]); got != scoring.FindPartlyBuilt {
		t.Errorf("findings of land in use %q", got)
	}
}
