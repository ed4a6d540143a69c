package ingest

import (
	"slices"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
)

// readOptions say what a table wants of its files. The units that a sheet declares above its header are known once it is open.
func readOptions[T any](t *parcels.Table[T], o Options) (layerfile.ReadOptions, *declared) {
	opt := layerfile.ReadOptions{CRS: o.CRS, Encoding: o.Encoding, Sheet: o.Sheet, SkipShapes: true, Home: o.Home}
	if opt.Home == (geo.Bound{}) {
		opt.Home = DefaultHome
	}
	columns := known(t, o.Map)
	units := new(declared)
	opt.FindHeader = func(rows []layerfile.HeadRow) (head layerfile.Head) {
		head, *units = findHead(rows, columns)
		return head
	}
	for _, c := range t.Columns {
		if c.Kind() != parcels.KindShape {
			continue
		}
		opt.SkipShapes = false
		opt.ShapeColumns = append(opt.ShapeColumns, c.Title, c.TitleEn)
		for from, to := range o.Map {
			if to == c.Name {
				opt.ShapeColumns = append(opt.ShapeColumns, from)
			}
		}
	}
	slices.Sort(opt.ShapeColumns)
	return opt, units
}
