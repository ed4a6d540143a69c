// Package seeds holds what muchan ships with: the plan's targets, the rule sets, the demonstration files of both parks, and a
// generator of zones of any size. It may import geo, geo/layerfile and parcels; only cmd and tests may import it.
//
// All of the demonstration and everything generated is fictional. No firm, person or parcel in it exists: every firm's name holds
// 演示, credit codes carry the region 359900 that does not exist, and parcel codes of the demonstration lie in the cadastral area
// 999, which is never assigned (areas are numbered upwards from 001). The demonstration keeps the counties' real prefixes, because
// the zone lies in three counties and rules must cope with that; generated zones use 359900 there too. Where the parks, their
// streets and their zones are drawn is invented as well. Only the plan's published sums for 2020 are real; TestSumsOf2020AreThePlans holds them.
package seeds

import (
	"embed"
	"io/fs"
)

// Rules holds the rule sets as rules/*.yaml.
//
//go:embed rules/*.yaml
var Rules embed.FS

//go:embed demo
var demoFiles embed.FS

// Demo holds the demonstration files; DemoFiles lists those to import, in order.
var Demo fs.FS = mustSub(demoFiles, "demo")

func mustSub(files fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic(err)
	}
	return sub
}

// DemoFile is one importable file of the demonstration.
type DemoFile struct {
	Kind     string // the import KIND
	Name     string // in Demo
	Encoding string // "" for UTF-8
}

// DemoFiles lists the files of the demonstration in an order in which every reference is known when it is met.
var DemoFiles = []DemoFile{
	{Kind: "parks", Name: "parks.geojson"},
	{Kind: "zones", Name: "zones.geojson"},
	{Kind: "parcels", Name: "parcels-qingmeng.geojson"},
	{Kind: "parcels", Name: "parcels-guanqiao.geojson"},
	{Kind: "buildings", Name: "buildings-qingmeng.geojson"},
	{Kind: "buildings", Name: "buildings-guanqiao.geojson"},
	{Kind: "firms", Name: "firms.xlsx"},
	{Kind: "occupancies", Name: "occupancies.csv"},
	{Kind: "figures", Name: "figures-2018-2021.csv", Encoding: "gb18030"},
	{Kind: "figures", Name: "figures-2022-2025.csv"},
	{Kind: "events", Name: "events.xlsx"},
	{Kind: "targets", Name: "targets.csv"},
	{Kind: "target_values", Name: "target_values.csv"},
}
