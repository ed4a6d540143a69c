package postgis_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

// Amounts are read as PostgreSQL sends them, which leaves out zeros at both ends; beyond six decimals there is none.
func TestMoneyAsItIsSent(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rng := rand.New(rand.NewPCG(41, 42))
	amounts := []parcels.Wan{0, 1, -1, 99, 100, 9_999, 10_000, 999_999, parcels.FenPerWan, 10_000 * parcels.FenPerWan, 1e15, -1e15, 1e15 - 1, 1e14, 123_456_789_012}
	for range 500 {
		amounts = append(amounts, parcels.Wan(rng.Int64N(1e15)>>rng.IntN(50))*parcels.Wan(1-2*rng.IntN(2)))
	}
	binary := pgx.QueryResultFormats{pgx.BinaryFormatCode}
	sent := func(sql string, args ...any) []byte {
		t.Helper()
		rows, err := conn.Query(t.Context(), sql, append([]any{binary}, args...)...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		if !rows.Next() {
			t.Fatal(rows.Err())
		}
		return append([]byte{}, rows.RawValues()[0]...)
	}
	for _, want := range amounts {
		raw := sent(`SELECT ($1::int8::numeric / 1000000)::numeric(18,6)`, int64(want))
		if got, err := postgis.DecodeMoney(raw); err != nil || got != want {
			t.Errorf("%d fen are read as %d, %v, of % x", want, got, err, raw)
		}
	}
	for _, sql := range []string{"'NaN'::numeric", "'Infinity'::numeric", "0.0000001", "1e13", "1.23456789"} {
		if got, err := postgis.DecodeMoney(sent(fmt.Sprint("SELECT ", sql, "::numeric"))); err == nil {
			t.Errorf("%s is read as %d fen", sql, got)
		}
	}
	for _, raw := range [][]byte{nil, {0, 1}, {0, 2, 0, 0, 0, 0, 0, 0, 0, 1}, {0xff, 0xff, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff}} {
		if got, err := postgis.DecodeMoney(raw); err == nil {
			t.Errorf("% x is read as %d fen", raw, got)
		}
	}
}
