package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"muchan/parcels"
)

// noticed is how long a change may take to reach Watch.
const noticed = time.Second

// watcher runs Watch and hands over the versions it reports.
type watcher struct {
	versions chan int64
	stop     func() error
}

func watch(t *testing.T, store parcels.Store) watcher {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w := watcher{versions: make(chan int64, 100)}
	ended := make(chan error, 1)
	go func() {
		ended <- store.Watch(ctx, func(v int64) { w.versions <- v })
	}()
	w.stop = func() error {
		cancel()
		select {
		case err := <-ended:
			ended <- err
			return err
		case <-time.After(5 * time.Second):
			return errors.New("method Watch did not end within 5 s")
		}
	}
	t.Cleanup(func() { w.stop() })
	time.Sleep(200 * time.Millisecond) // until it listens; what it reports by then is of no interest
	for len(w.versions) > 0 {
		<-w.versions
	}
	return w
}

// wait returns when a version of at least v was reported, and fails when that takes too long.
func (w watcher) wait(t *testing.T, v int64) {
	t.Helper()
	deadline := time.After(noticed)
	for {
		select {
		case got := <-w.versions:
			if got >= v {
				return
			}
		case <-deadline:
			t.Fatalf("version %d was not reported within %s", v, noticed)
		}
	}
}

func testDirectEdit(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	rows := Town(3)
	before := apply(t, store, rows).Version
	w := watch(t, store)
	steps := []struct {
		name, statement, entity, key, action string
		entries                              int
	}{
		{
			"update", fmt.Sprintf(`UPDATE parcels SET address = '改 ''1''', price_wan = 12.5, valid_to = '2088-08-08' WHERE code = '%s'`, parcelCode(1)),
			"parcels", parcelCode(1) + "|2010-01-01", "update", 1,
		},
		{"update of many", `UPDATE firms SET industry = '1952', above_scale = true`, "firms", creditCode(2), "update", 3},
		{
			"insert", fmt.Sprintf(`INSERT INTO figures (uscc, year, output_wan, confirmed) VALUES ('%s', 2022, 7.25, false)`, creditCode(0)),
			"figures", creditCode(0) + "|2022", "insert", 1,
		},
		{"delete", fmt.Sprintf(`DELETE FROM occupancies WHERE parcel = '%s'`, parcelCode(0)), "occupancies", parcels.OccupancyTable.Key(&rows.Occupancies[0]), "delete", 1},
	}
	for _, step := range steps {
		if err := s.Exec(address, step.statement); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		after := version(t, store)
		if after <= before {
			t.Fatalf("%s: version %d, was %d", step.name, after, before)
		}
		w.wait(t, after)
		before = after
		checkDirectEntry(t, store, step.entity, step.key, step.action, step.entries)
	}

	rows.Parcels[1].Address, rows.Parcels[1].ValidTo = "改 '1'", day("2088-08-08")
	rows.Parcels[1].Contract.PriceWan = parcels.Some(parcels.Wan(12_500_000))
	for i := range rows.Firms {
		rows.Firms[i].Industry, rows.Firms[i].AboveScale = "1952", parcels.Some(true)
	}
	rows.Figures = append(rows.Figures, parcels.Figures{
		USCC: creditCode(0), Year: 2022, OutputWan: parcels.Some(parcels.Wan(7_250_000)), Confirmed: parcels.Some(false),
	})
	rows.Occupancies = rows.Occupancies[1:]
	on := day("2030-01-01")
	checkRows(t, "after direct edits", snapshot(t, store, on).AllRows(), asOf(rows, on))
	checkJSON(t, object(t, journal(t, store, parcels.JournalQuery{Entity: "parcels", Limit: 1})[0].After), map[string]any{
		"address": "改 '1'", "price_wan": 12.5, "valid_from": "2010-01-01", "valid_to": "2088-08-08", "shape": nil,
	})

	// The store's own changes are journalled once, also after direct edits.
	count := len(journal(t, store, parcels.JournalQuery{Limit: 10_000}))
	firm := rows.Firms[0]
	firm.Name = "改名"
	apply(t, store, parcels.Rows{Firms: []parcels.Firm{firm}})
	if n := len(journal(t, store, parcels.JournalQuery{Limit: 10_000})); n != count+1 {
		t.Errorf("one row applied, journal grew from %d to %d", count, n)
	}
}

func checkDirectEntry(t *testing.T, store parcels.Store, entity, key, action string, n int) {
	t.Helper()
	entries := journal(t, store, parcels.JournalQuery{Entity: entity, Limit: n})
	if len(entries) != n {
		t.Fatalf("%d entries of %s, want %d", len(entries), entity, n)
	}
	found := false
	for _, e := range entries {
		found = found || e.Key == key
		if e.Who != "sql" || e.Change != 0 || e.Action != action || time.Since(e.At).Abs() > time.Hour {
			t.Errorf("entry %+v, want action %s by sql now, without a change", e, action)
		}
		if (e.Before == "") != (action == "insert") || (e.After == "") != (action == "delete") {
			t.Errorf("entry %+v: before or after does not suit the action", e)
		}
	}
	if !found {
		t.Errorf("no entry with key %q: %+v", key, entries)
	}
}

func testWatch(t *testing.T, s Suite) {
	address := s.New(t)
	watched, other := open(t, s, address), open(t, s, address)
	apply(t, other, Town(2))
	w := watch(t, watched)
	for i := range 3 {
		moved := parcel(0)
		moved.Address = fmt.Sprint("moved ", i)
		w.wait(t, apply(t, other, parcels.Rows{Parcels: []parcels.Parcel{moved}}).Version)
	}
	own := parcel(0)
	own.Address = "by the watched store itself"
	w.wait(t, apply(t, watched, parcels.Rows{Parcels: []parcels.Parcel{own}}).Version)

	for len(w.versions) > 0 {
		<-w.versions
	}
	time.Sleep(300 * time.Millisecond)
	if n := len(w.versions); n != 0 {
		t.Errorf("%d reports while nothing happened", n)
	}
	if err := w.stop(); !errors.Is(err, context.Canceled) {
		t.Errorf("Watch ended with %v, want context.Canceled", err)
	}
}

// testDirectRefused tries edits that an import would not let through. Each rule refuses by a name that says table and column, and
// leaves neither a row nor a version behind.
func testDirectRefused(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	before := apply(t, store, Everything()).Version
	for _, edit := range []struct{ statement, rule string }{
		{`UPDATE parcels SET title_area_m2 = -5`, "parcels_title_area_m2_check"},
		{`UPDATE parcels SET max_far = -0.1`, "parcels_max_far_check"},
		{`UPDATE parcels SET price_wan = 1000000001`, "parcels_price_wan_check"},
		{`UPDATE parcels SET signed_on = '1899-12-31'`, "parcels_signed_on_check"},
		{`UPDATE parcels SET state = 'sold'`, "parcels_state_check"},
		{`UPDATE parcels SET use_scheme = 'gb2023'`, "parcels_use_scheme_check"},
		{`UPDATE parcels SET code = '35990000001GB00001' WHERE code = (SELECT min(code) FROM parcels)`, "parcels_code_check"},
		{`UPDATE parcels SET code = '359900000001GK00001' WHERE code = (SELECT min(code) FROM parcels)`, "parcels_code_check"},
		{`UPDATE parcels SET valid_to = valid_from`, "parcels_order_check"},
		{`UPDATE parks SET name = ''`, "parks_name_check"},
		{`UPDATE parks SET county = '35050'`, "parks_county_check"},
		{`UPDATE parks SET definition = 'wished'`, "parks_definition_check"},
		{`UPDATE zones SET level = 3`, "zones_level_check"},
		{`UPDATE zones SET kind = 'residential'`, "zones_kind_check"},
		{`UPDATE zones SET valid_to = '1999-12-31'`, "zones_order_check"},
		{`UPDATE buildings SET "use" = 'castle'`, "buildings_use_check"},
		{`UPDATE buildings SET vacant_m2 = -1`, "buildings_vacant_m2_check"},
		{`UPDATE buildings SET storeys = '6000@9@2'`, "buildings_storeys_check"},
		{`UPDATE buildings SET storeys = '6000@9.0.1'`, "buildings_storeys_check"},
		{`UPDATE buildings SET storeys = '6000@9;;6000'`, "buildings_storeys_check"},
		{`UPDATE buildings SET storeys = '6000@.9'`, "buildings_storeys_check"},
		{`UPDATE buildings SET storeys = '@9'`, "buildings_storeys_check"},
		{`UPDATE buildings SET storeys = '6000@'`, "buildings_storeys_check"},
		{`UPDATE buildings SET storeys = '1@2.5@3'`, "buildings_storeys_check"},
		{`UPDATE buildings SET storeys = 'six'`, "buildings_storeys_check"},
		{`UPDATE buildings SET valid_to = '2011-01-01'`, "buildings_order_check"},
		{`UPDATE firms SET industry = '1'`, "firms_industry_check"},
		{`UPDATE firms SET industry = '17a1'`, "firms_industry_check"},
		{`INSERT INTO firms (uscc, name) VALUES ('91359900MA0000000I', 'with the letter I')`, "firms_uscc_check"},
		{`INSERT INTO firms (uscc, name) VALUES ('91359900MA0000001', 'too short')`, "firms_uscc_check"},
		{`UPDATE occupancies SET tenure = 'borrowed'`, "occupancies_tenure_check"},
		{`UPDATE occupancies SET floor_m2 = -0.5`, "occupancies_floor_m2_check"},
		{`UPDATE occupancies SET "to" = "from"`, "occupancies_order_check"},
		{`UPDATE figures SET year = 20200 WHERE year = 2020`, "figures_year_check"},
		{`UPDATE figures SET energy_tce = -1`, "figures_energy_tce_check"},
		{`UPDATE figures SET cod_t = -0.5`, "figures_cod_t_check"},
		{`UPDATE figures SET water_t = -1`, "figures_water_t_check"},
		{`UPDATE figures SET vat_wan = -1000000001`, "figures_vat_wan_check"},
		{`UPDATE figures SET energy_basis = 'both'`, "figures_energy_basis_check"},
		{`UPDATE events SET kind = 'party'`, "events_kind_check"},
		{`UPDATE events SET uscc = NULL, parcel = ''`, "events_about_check"},
		{`UPDATE events SET valid_from = '2023-03-01', valid_to = '2023-03-01'`, "events_order_check"},
		{`UPDATE targets SET base_year = 202`, "targets_base_year_check"},
	} {
		err := s.Exec(address, edit.statement)
		if err == nil {
			t.Errorf("%s went through", edit.statement)
		} else if !strings.Contains(err.Error(), edit.rule) {
			t.Errorf("%s: %q does not name the rule %s", edit.statement, err, edit.rule)
		}
	}
	if v := version(t, store); v != before {
		t.Errorf("version %d after refused edits, was %d", v, before)
	}

	for _, statement := range []string{
		`UPDATE buildings SET storeys = '6000@9.25;6000.5;1@2;'`, `UPDATE buildings SET storeys = ''`, `UPDATE buildings SET storeys = NULL`,
		`UPDATE firms SET industry = '17'`, `UPDATE firms SET industry = ''`, `UPDATE parks SET county = ''`,
		`UPDATE parcels SET title_area_m2 = 0, price_wan = -1000000000, state = NULL, signed_on = '2200-12-31'`,
		`UPDATE targets SET base_year = 0, growth_pct = -3.5`,
	} {
		if err := s.Exec(address, statement); err != nil {
			t.Errorf("%s was refused: %v", statement, err)
		}
	}
	snapshot(t, store, day("2026-01-01"))
}
