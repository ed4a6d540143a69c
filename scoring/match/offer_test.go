package match_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring/match"
)

// storeys is a plant of 6 000 m² on a plot.
func plant(i int, vacant parcels.Opt[float64]) parcels.Building {
	return parcels.Building{
		ID: code(i) + "-1", Parcel: code(i), Use: "plant", Storeys: []parcels.Storey{{FloorM2: 6000, HeightM: 6}}, VacantM2: vacant,
		CompletedOn: parcels.MustDate("2015-01-01"), VacantSince: parcels.MustDate("2024-01-01"), ValidFrom: parcels.MustDate("2015-01-01"),
		Shape: box(1.1, 0.1, 0.5, 0.5),
	}
}

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(v)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

func TestKindsAndOffers(t *testing.T) {
	none := parcels.Opt[float64]{}
	for _, c := range []struct {
		name   string
		change func(*parcels.Rows, *parcels.Parcel)
		kinds  []match.Kind
		offer  match.Offer // of the last kind
	}{
		{"signed", func(_ *parcels.Rows, p *parcels.Parcel) { p.Contract.MaxFAR = some(2) }, []match.Kind{match.KindSigned}, match.Offer{LandM2: some(12000), BuildM2: some(24000)}},
		{"signed, floor agreed", func(_ *parcels.Rows, p *parcels.Parcel) {
			p.Contract.MaxFAR, p.Contract.AgreedFloorM2 = some(2), some(15000)
		}, []match.Kind{match.KindSigned}, match.Offer{LandM2: some(12000), BuildM2: some(15000)}},
		{"no state, signed today", func(_ *parcels.Rows, p *parcels.Parcel) { p.State, p.Contract.SignedOn = "", parcels.MustDate(someDay) }, []match.Kind{match.KindSigned}, match.Offer{LandM2: some(12000)}},
		{"no state, signed tomorrow", func(_ *parcels.Rows, p *parcels.Parcel) {
			p.State, p.Contract.SignedOn = "", parcels.MustDate(someDay)+1
		}, nil, match.Offer{}},
		{"no state, started", func(_ *parcels.Rows, p *parcels.Parcel) {
			p.State, p.Contract.StartedOn = "", parcels.MustDate(someDay)
		}, nil, match.Offer{}},
		{"no state, built on", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State = ""
			r.Buildings = []parcels.Building{plant(2, none)}
		}, nil, match.Offer{}},
		{"unstarted for a year", func(_ *parcels.Rows, p *parcels.Parcel) { p.Contract.DueStartOn = parcels.MustDate("2025-06-30") }, []match.Kind{match.KindUnstarted}, match.Offer{LandM2: some(12000)}},
		{"unstarted for a day less", func(_ *parcels.Rows, p *parcels.Parcel) { p.Contract.DueStartOn = parcels.MustDate("2025-07-01") }, []match.Kind{match.KindSigned}, match.Offer{LandM2: some(12000)}},
		{"standing still", func(_ *parcels.Rows, p *parcels.Parcel) {
			p.State = parcels.StateBuilding
			p.Contract.StartedOn, p.Contract.SuspendedOn = parcels.MustDate("2023-01-01"), parcels.MustDate("2025-06-30")
			p.Contract.DevelopedM2, p.Contract.ToDevelopM2 = some(3000), some(12000)
		}, []match.Kind{match.KindStalled}, match.Offer{LandM2: some(12000)}},
		{"second phase by area", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State, p.Contract.ToDevelopM2, p.Contract.DevelopedM2, p.Contract.AgreedFloorM2 = parcels.StatePartial, some(12000), some(7000), some(18000)
			r.Buildings = []parcels.Building{plant(2, none)}
		}, []match.Kind{match.KindPartly}, match.Offer{LandM2: some(5000), BuildM2: some(12000)}},
		{"second phase by floor", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State, p.Contract.AgreedFloorM2 = parcels.StatePartial, some(18000)
			r.Buildings = []parcels.Building{plant(2, none)}
		}, []match.Kind{match.KindPartly}, match.Offer{LandM2: some(8000), BuildM2: some(12000), Estimated: true}},
		{"second phase by the least ratio, in the register's eyes in use", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State, p.Contract.MinFAR = parcels.StateInUse, some(1)
			r.Buildings = []parcels.Building{plant(2, none)}
		}, []match.Kind{match.KindPartly}, match.Offer{LandM2: some(6000), BuildM2: some(6000), Estimated: true}},
		{"unfinished", func(_ *parcels.Rows, p *parcels.Parcel) {
			p.State = parcels.StateBuilding
			p.Contract.StartedOn, p.Contract.SuspendedOn = parcels.MustDate("2023-01-01"), parcels.MustDate("2025-06-30")
			p.Contract.DevelopedM2, p.Contract.ToDevelopM2 = some(6000), some(12000)
			p.Contract.InvestedBuildWan, p.Contract.TotalBuildWan = wan(300), wan(1000)
		}, []match.Kind{match.KindUnfinished}, match.Offer{LandM2: some(12000)}},
		{"supplied, no day on file", func(_ *parcels.Rows, p *parcels.Parcel) { p.Contract = parcels.Contract{} }, []match.Kind{match.KindSigned}, match.Offer{LandM2: some(12000)}},
		{"approved and signed", func(_ *parcels.Rows, p *parcels.Parcel) { p.State = parcels.StateApproved }, []match.Kind{match.KindSigned}, match.Offer{LandM2: some(12000)}},
		{"second phase unknown", func(_ *parcels.Rows, p *parcels.Parcel) { p.State = parcels.StatePartial }, []match.Kind{match.KindPartly}, match.Offer{}},
		{"empty plant", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State, r.Buildings = parcels.StateInUse, []parcels.Building{plant(2, some(3000))}
		}, []match.Kind{match.KindVacantPlant}, match.Offer{FloorM2: some(3000)}},
		{"not empty enough", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State, r.Buildings = parcels.StateInUse, []parcels.Building{plant(2, some(2999))}
		}, nil, match.Offer{}},
		{"built and not used, vacancy unknown", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State, r.Buildings = parcels.StateUnused, []parcels.Building{plant(2, none)}
		}, []match.Kind{match.KindVacantPlant}, match.Offer{}},
		{"dormitory is no plant", func(r *parcels.Rows, p *parcels.Parcel) {
			p.State, r.Buildings = parcels.StateUnused, []parcels.Building{plant(2, some(6000))}
			r.Buildings[0].Use = "dormitory"
		}, []match.Kind{match.KindVacantPlant}, match.Offer{}},
		{"taken back", func(_ *parcels.Rows, p *parcels.Parcel) { p.State = parcels.StateReclaimed }, []match.Kind{match.KindReserve}, match.Offer{LandM2: some(12000)}},
		{"approved", func(_ *parcels.Rows, p *parcels.Parcel) {
			p.State, p.Contract = parcels.StateApproved, parcels.Contract{}
		}, []match.Kind{match.KindReserve}, match.Offer{LandM2: some(12000)}},
		{"in use", func(_ *parcels.Rows, p *parcels.Parcel) { p.State = parcels.StateInUse }, nil, match.Offer{}},
	} {
		rows := town()
		c.change(&rows, &rows.Parcels[1])
		// Every part but the path is alike for the kinds of one parcel: the last one counts when its path alone does.
		r := find(t, rows, match.Need{}, func(p *match.Params) {
			p.Weights = map[match.Part]float64{match.PartPath: 1}
			if len(c.kinds) > 0 {
				p.Path = map[match.Kind]float64{c.kinds[len(c.kinds)-1]: 1}
			}
		})
		item, reason := told(t, r, 2)
		if len(c.kinds) == 0 {
			if reason != match.ReasonNoKind {
				t.Errorf("%s: %q %+v", c.name, reason, item)
			}
			continue
		}
		c.offer.Kind = c.kinds[len(c.kinds)-1]
		if item == nil || !slices.Equal(item.Kinds, c.kinds) || item.Offer != c.offer {
			t.Errorf("%s: %q %+v, want %v %+v", c.name, reason, item, c.kinds, c.offer)
		}
	}
}

// Land is asked for where only a plant stands empty, floor area where it is known and where it is not.
func TestFloorNeeds(t *testing.T) {
	rows := town()
	rows.Parcels[1].State, rows.Buildings = parcels.StateInUse, []parcels.Building{plant(2, some(4000))}
	for _, c := range []struct {
		name   string
		need   match.Need
		reason match.Reason
		fit    float64
	}{
		{"land", match.Need{LandM2: some(1000)}, match.ReasonFloorOnly, 0},
		{"all the floor", match.Need{FloorM2: some(4000)}, "", 1},
		{"half the floor", match.Need{FloorM2: some(2000)}, "", 0.5},
		{"more floor", match.Need{FloorM2: some(4000.01)}, match.ReasonTooSmall, 0},
		{"land or floor", match.Need{LandM2: some(1000), FloorM2: some(2000)}, "", 0.5},
		{"land or more floor", match.Need{LandM2: some(1000), FloorM2: some(5000)}, match.ReasonTooSmall, 0},
		{"width is no matter for a plant", match.Need{FloorM2: some(4000), MinWidthM: some(1e6)}, "", 1},
	} {
		item, reason := told(t, find(t, rows, c.need), 2)
		if reason != c.reason || (item != nil && math.Abs(item.Fit.Or(-1)-c.fit) > 1e-12) {
			t.Errorf("%s: %q %+v", c.name, reason, item)
		}
		if item != nil && item.Parts[slices.Index(match.Parts, match.PartForm)].Value.OK() {
			t.Errorf("%s: the form of a plant counts", c.name)
		}
	}
	rows.Buildings[0].VacantM2, rows.Parcels[1].State = parcels.Opt[float64]{}, parcels.StateUnused
	if _, reason := told(t, find(t, rows, match.Need{FloorM2: some(1)}), 2); reason != match.ReasonAreaUnknown {
		t.Errorf("unknown floor: %q", reason)
	}
	signed := town()
	if _, reason := told(t, find(t, signed, match.Need{FloorM2: some(1)}), 2); reason != match.ReasonAreaUnknown {
		t.Errorf("land without a floor-area ratio: %q", reason)
	}
}

// What the firm owns is offered as room of its own, but for an exit candidate; what it leases is somebody else's.
func TestOwnLand(t *testing.T) {
	rows := town()
	rows.Parcels[0].State = parcels.StatePartial
	item, _ := told(t, find(t, rows, match.Need{USCC: grower}), 1)
	if item == nil || !item.Own || item.Paths[0].Way.En == match.Paths[match.KindPartly].Way.En || value(t, item, match.PartPath) != 1 || value(t, item, match.PartHolder) != 1 {
		t.Errorf("%+v", item)
	}
	rows.Occupancies[0].Tenure = "lease"
	item, _ = told(t, find(t, rows, match.Need{USCC: grower}), 1)
	if item == nil || item.Own || value(t, item, match.PartPath) != 0.6 {
		t.Errorf("leased: %+v", item)
	}
	rows.Occupancies[0].Tenure, rows.Occupancies[0].To = "own", parcels.MustDate(someDay)
	item, _ = told(t, find(t, rows, match.Need{USCC: grower}), 1)
	if item == nil || item.Own || item.GapM.OK() {
		t.Errorf("left today: %+v", item)
	}
	rows = town()
	rows.Parcels[0].State = parcels.StateReclaimed
	if _, reason := told(t, find(t, rows, match.Need{USCC: grower}), 1); reason != match.ReasonOwn {
		t.Errorf("own land taken back: %q", reason)
	}
}

// Every way says whose consent it takes; that of the offer that serves best comes first, with what the file says of its state.
func TestPaths(t *testing.T) {
	rows := town()
	p := &rows.Parcels[1]
	p.State, p.Contract.AgreedFloorM2 = parcels.StatePartial, some(18000)
	rows.Buildings = []parcels.Building{plant(2, some(6000))}
	item, _ := told(t, find(t, rows, match.Need{FloorM2: some(6000)}), 2)
	if item == nil || len(item.Paths) != 2 || item.Paths[0].Kind != match.KindVacantPlant || item.Paths[1].Kind != match.KindPartly {
		t.Fatalf("%+v", item)
	}
	for _, c := range []struct {
		name, due  string
		government bool
		note       string
	}{
		{"a year late", "2025-06-30", false, ""},
		{"two years late", "2024-06-30", false, "suspected for two years"},
		{"two years late by government cause", "2024-06-30", true, "only by agreement"},
		{"a day less", "2025-07-01", false, "is near"},
	} {
		rows := town()
		rows.Parcels[1].Contract.DueStartOn, rows.Parcels[1].Contract.GovernmentCause = parcels.MustDate(c.due), parcels.Some(c.government)
		item, _ := told(t, find(t, rows, match.Need{}), 2)
		if e := item.Parts[slices.Index(match.Parts, match.PartPath)]; e.Rule == nil || e.Rule.Kind != "idle" || len(e.Inputs) == 0 || e.Inputs[0].ValueEn == "" {
			t.Errorf("%s: the path does not say by which rule: %+v", c.name, e)
		}
		if note := item.Paths[0].Note.En; !strings.Contains(note, c.note) || (c.note == "" && strings.Contains(note, ";")) {
			t.Errorf("%s: %q, want %q", c.name, note, c.note)
		}
	}
}
