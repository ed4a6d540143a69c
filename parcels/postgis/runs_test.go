package postgis_test

import (
	"context"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/parcels/postgis/pgtest"
)

func run(id string) parcels.Run {
	return parcels.Run{
		ID: id, Year: 2025, AsOf: parcels.MustDate("2026-01-01"), Version: 1, RulesID: "默认", RulesHash: "ab",
		PublishedBy: "管理员", PublishedAt: time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC), Results: []byte(`{"b":1, "a":2}`),
	}
}

func firstAct() parcels.Act {
	return parcels.Act{
		Matter: "exit-" + codeA + "-1", Kind: parcels.MatterExit, Subject: codeA, Seq: 1, Act: parcels.ActOpen, On: parcels.MustDate("2026-01-02"),
		Who: "王主任", At: time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC), Note: "亩均税收低", Data: []byte(`{"failed":2}`),
	}
}

// TestRunsAreFrozenInTheDatabase tries to change a published run as the owner of everything.
func TestRunsAreFrozenInTheDatabase(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	if err := store.PublishRun(context.Background(), run("2025-1")); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, address)
	for _, statement := range []string{
		`UPDATE muchan.runs SET results = ''`, `DELETE FROM muchan.runs`, `TRUNCATE muchan.runs`,
		`INSERT INTO muchan.runs SELECT * FROM muchan.runs ON CONFLICT (id) DO UPDATE SET year = 1`,
	} {
		if _, err := conn.Exec(context.Background(), statement); pgCode(err) != "55000" && pgCode(err) != "428C9" {
			t.Errorf("%s: %v, want a refusal", statement, err)
		}
	}
	if year := cell(t, conn, `SELECT year::text FROM muchan.runs`); year != "2025" {
		t.Errorf("year %s", year)
	}
}

// TestPublishReachesWatch publishes past a listening store: the public map shows the run, so it must be rebuilt.
func TestPublishReachesWatch(t *testing.T) {
	store := open(t, pgtest.Database(t))
	w := watch(t, store)
	if err := store.PublishRun(context.Background(), run("2025-1")); err != nil {
		t.Fatal(err)
	}
	version, err := store.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	w.next(t, version, time.Second)
}
