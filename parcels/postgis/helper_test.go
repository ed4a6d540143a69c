package postgis_test

import (
	"context"
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/postgis"
)

func open(t testing.TB, address string) *postgis.Store {
	t.Helper()
	store, err := postgis.Open(context.Background(), address, postgis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// connect opens a plain connection, as psql would.
func connect(t testing.TB, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// as returns the address for another user of the same database.
func as(t testing.TB, address, user string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(user)
	return u.String()
}

func exec(t testing.TB, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// cell reads one value as text.
func cell(t testing.TB, conn *pgx.Conn, sql string, args ...any) string {
	t.Helper()
	var value *string
	if err := conn.QueryRow(context.Background(), sql, args...).Scan(&value); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if value == nil {
		return "NULL"
	}
	return *value
}

const (
	codeA = "359900001001GB00001"
	codeB = "359900001001GB00002"
	firmA = "91359900MA00000001"
)

func box(lon, lat, size float64) geo.Shape {
	return geo.Shape{{{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}}}}
}

// village is a small consistent zone whose confidential values are easy to recognise.
func village() parcels.Rows {
	from := parcels.MustDate("2010-01-01")
	return parcels.Rows{
		Parks: []parcels.Park{{Code: "QM", Name: "清濛园区", Shape: box(118.5, 24.8, 0.1)}},
		Zones: []parcels.Zone{{ID: "Z1", Park: "QM", Name: "红线", Kind: parcels.ZoneRedLine, ValidFrom: from, Shape: box(118.51, 24.81, 0.01)}},
		Parcels: []parcels.Parcel{
			{
				Code: codeA, Park: "QM", Address: "清濛大道 1 号", TitleAreaM2: parcels.Some(6666.5), ValidFrom: from, Shape: box(118.52, 24.82, 0.001),
				Contract: parcels.Contract{Number: "机密合同", PriceWan: parcels.Some(parcels.Wan(987_654_321_000)), SignedOn: parcels.MustDate("2009-09-09")},
			},
			{Code: codeB, Park: "QM", ValidFrom: from, Shape: box(118.53, 24.82, 0.001)},
		},
		Buildings:   []parcels.Building{{ID: "B1", Parcel: codeA, Storeys: []parcels.Storey{{FloorM2: 3000, HeightM: 9}}, ValidFrom: from, Shape: box(118.5202, 24.8202, 1e-4)}},
		Firms:       []parcels.Firm{{USCC: firmA, Name: "演示机密鞋业", Industry: "1951", Tags: []string{"listed"}}},
		Occupancies: []parcels.Occupancy{{Parcel: codeA, USCC: firmA, Tenure: "own", From: from}},
		Figures:     []parcels.Figures{{USCC: firmA, Year: 2024, OutputWan: parcels.Some(parcels.Wan(123_456_789_000)), VATWan: parcels.Some(parcels.Wan(1))}},
		Events:      []parcels.Event{{ID: "E1", USCC: firmA, Kind: "penalty", Note: "机密处罚", On: from}},
		Targets:     []parcels.Target{{ID: "T1", Name: "亩均税收"}},
	}
}

func apply(t testing.TB, store *postgis.Store, rows parcels.Rows) parcels.Receipt {
	t.Helper()
	r, err := store.Apply(context.Background(), parcels.Change{Who: "张三", Why: "测试", When: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// show writes a value as JSON.
func show(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
