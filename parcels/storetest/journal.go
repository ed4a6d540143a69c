package storetest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"muchan/parcels"
)

func testJournal(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	first := apply(t, store, onlyParcels(edition(1, "2000-01-01", ""), edition(2, "2000-01-01", "")))
	moved := edition(2, "2000-01-01", "")
	moved.Address, moved.Contract.PriceWan, moved.TitleAreaM2 = "搬迁 \"a\"", parcels.Some(parcels.Wan(-1500001)), parcels.Opt[float64]{}
	second := apply(t, store, onlyParcels(moved, edition(1, "2010-01-01", "")))

	entries := journal(t, store, parcels.JournalQuery{})
	if len(entries) != 6 {
		t.Fatalf("%d entries, want 6: %+v", len(entries), entries)
	}
	for i, e := range entries {
		want := second.Change
		if i >= 3 {
			want = first.Change
		}
		if e.Change != want {
			t.Errorf("entry %d is of change %d, want %d: newest first", i, e.Change, want)
		}
		c := change(parcels.Rows{})
		if e.Who != c.Who || e.Why != c.Why || e.Source != c.Source || e.At.Sub(c.When).Abs() > time.Millisecond {
			t.Errorf("entry %d: %+v, want who, why, when and source of the change", i, e)
		}
	}

	code := parcelCode(2) + "|2000-01-01"
	of := journal(t, store, parcels.JournalQuery{Entity: "parcels", Key: code})
	if len(of) != 2 || of[0].Action != "update" || of[1].Action != "insert" || of[1].Before != "" {
		t.Fatalf("entries of %s: %+v", code, of)
	}
	before, after := object(t, of[0].Before), object(t, of[0].After)
	checkJSON(t, before, map[string]any{"code": parcelCode(2), "valid_from": "2000-01-01", "title_area_m2": 10000 + 2.0/7, "price_wan": 1234.567892, "address": "since 2000-01-01"})
	checkJSON(t, after, map[string]any{"price_wan": -1.500001, "address": "搬迁 \"a\"", "title_area_m2": nil, "valid_to": nil, "shape": nil})

	closed := journal(t, store, parcels.JournalQuery{Entity: "parcels", Key: parcelCode(1) + "|2000-01-01", Limit: 1})
	if len(closed) != 1 || closed[0].Action != "close" || closed[0].Change != second.Change {
		t.Fatalf("newest entry of the ended edition: %+v", closed)
	}
	checkJSON(t, object(t, closed[0].Before), map[string]any{"valid_to": nil})
	checkJSON(t, object(t, closed[0].After), map[string]any{"valid_to": "2010-01-01"})

	if parks := journal(t, store, parcels.JournalQuery{Entity: "parks"}); len(parks) != 1 || parks[0].Key != "QM" {
		t.Errorf("entries of parks: %+v", parks)
	}
	checkJournalLimits(t, store)
}

// checkJournalLimits asks for more and fewer entries than there are by default.
func checkJournalLimits(t *testing.T, store parcels.Store) {
	t.Helper()
	apply(t, store, Town(60)) // 60 parcels, of which two have keys of their own here, and 240 other rows
	if n := len(journal(t, store, parcels.JournalQuery{})); n != 100 {
		t.Errorf("%d entries without a limit, want 100", n)
	}
	if n := len(journal(t, store, parcels.JournalQuery{Limit: 7})); n != 7 {
		t.Errorf("%d entries with limit 7", n)
	}
	if n := len(journal(t, store, parcels.JournalQuery{Entity: "figures", Limit: 10_000})); n != 60 {
		t.Errorf("%d entries of figures, want 60", n)
	}
	if n := len(journal(t, store, parcels.JournalQuery{Entity: "figures", Limit: 1 << 40})); n != 60 {
		t.Errorf("%d entries of figures with a huge limit, want 60", n)
	}
	apply(t, store, Town(2100)) // 10 500 rows, most of them new
	if n := len(journal(t, store, parcels.JournalQuery{Limit: 20_000})); n != 10_000 {
		t.Errorf("%d entries with limit 20 000, want the newest 10 000", n)
	}
	for _, e := range journal(t, store, parcels.JournalQuery{Entity: "occupancies", Limit: 1}) {
		if strings.Count(e.Key, "|") != 3 {
			t.Errorf("key %q of an occupancy, want four columns", e.Key)
		}
	}
}

func object(t testing.TB, text string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatalf("journal JSON %q: %v", text, err)
	}
	return m
}

// checkJSON compares some members; a nil in want means absent or null.
func checkJSON(t testing.TB, got, want map[string]any) {
	t.Helper()
	for name, w := range want {
		if got[name] != w {
			t.Errorf("journal member %s: %v, want %v", name, got[name], w)
		}
	}
}
