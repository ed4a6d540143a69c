package seeds

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

// Options say what to generate. The same Parcels and Seed give the same rows and bytes.
type Options struct {
	Parcels  int
	Seed     uint64
	Dir      string    // folder for the files; made when missing. Rows ignores it
	Progress func(int) // called with the number of parcels made so far; may be nil
}

// Rows generates a zone in memory. It is sorted as the files are: town by town.
func Rows(opt Options) parcels.Rows {
	var all parcels.Rows
	visit := func(_ int, r *parcels.Rows) error {
		all.Parks = append(all.Parks, r.Parks...)
		all.Zones = append(all.Zones, r.Zones...)
		all.Parcels = append(all.Parcels, r.Parcels...)
		all.Buildings = append(all.Buildings, r.Buildings...)
		all.Firms = append(all.Firms, r.Firms...)
		all.Occupancies = append(all.Occupancies, r.Occupancies...)
		all.Figures = append(all.Figures, r.Figures...)
		if opt.Progress != nil {
			opt.Progress(len(all.Parcels))
		}
		return nil
	}
	if err := newRegion(opt).each(visit); err != nil {
		panic("seeds: " + err.Error()) // visit never fails
	}
	return all
}

// townsPerFile keeps every file far below what an import accepts.
const townsPerFile = 250

// Generate writes a zone into opt.Dir in the importable formats, town by town, so that memory does not grow with the zone. Up to
// 200 000 parcels every kind has one file (parcels.geojson, figures.csv, ...); after that further ones follow with a number
// (parcels-2.geojson). Each file appears when it is whole. It fails when a file cannot be written, the count is out of range or
// ctx ends.
func Generate(ctx context.Context, opt Options) error {
	if opt.Parcels < MinParcels || opt.Parcels > MaxParcels {
		return fmt.Errorf("generate: %d parcels is not between %d and %d", opt.Parcels, MinParcels, MaxParcels)
	}
	if err := os.MkdirAll(opt.Dir, 0o755); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	var files *zoneFiles
	made := 0
	err := newRegion(opt).each(func(town int, r *parcels.Rows) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if town%townsPerFile == 0 {
			if err := files.close(nil); err != nil {
				return err
			}
			var err error
			if files, err = newZoneFiles(opt.Dir, town/townsPerFile); err != nil {
				return err
			}
		}
		made += len(r.Parcels)
		if err := files.write(r); err != nil {
			return err
		}
		if opt.Progress != nil {
			opt.Progress(made)
		}
		return nil
	})
	if err := files.close(err); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

// zoneFiles are the files being written, one for each kind. A nil one has none.
type zoneFiles struct {
	parks       *sheet[parcels.Park]
	zones       *sheet[parcels.Zone]
	parcels     *sheet[parcels.Parcel]
	buildings   *sheet[parcels.Building]
	firms       *sheet[parcels.Firm]
	occupancies *sheet[parcels.Occupancy]
	figures     *sheet[parcels.Figures]
}

func newZoneFiles(dir string, part int) (*zoneFiles, error) {
	f := &zoneFiles{}
	at := func(kind, ext string) string {
		if part > 0 {
			kind = fmt.Sprintf("%s-%d", kind, part+1)
		}
		return filepath.Join(dir, kind+ext)
	}
	var errs [7]error
	opt := layerfile.WriteOptions{}
	f.parks, errs[0] = newSheet(&parcels.ParkTable, at("parks", ".geojson"), opt)
	f.zones, errs[1] = newSheet(&parcels.ZoneTable, at("zones", ".geojson"), opt)
	f.parcels, errs[2] = newSheet(&parcels.ParcelTable, at("parcels", ".geojson"), opt)
	f.buildings, errs[3] = newSheet(&parcels.BuildingTable, at("buildings", ".geojson"), opt)
	f.firms, errs[4] = newSheet(&parcels.FirmTable, at("firms", ".csv"), opt)
	f.occupancies, errs[5] = newSheet(&parcels.OccupancyTable, at("occupancies", ".csv"), opt)
	f.figures, errs[6] = newSheet(&parcels.FiguresTable, at("figures", ".csv"), opt)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, f.close(err)
	}
	return f, nil
}

func (f *zoneFiles) write(r *parcels.Rows) error {
	return errors.Join(
		f.parks.write(r.Parks), f.zones.write(r.Zones), f.parcels.write(r.Parcels), f.buildings.write(r.Buildings),
		f.firms.write(r.Firms), f.occupancies.write(r.Occupancies), f.figures.write(r.Figures))
}

// close finishes the files, or takes them back when something failed before. It returns that failure, or its own.
func (f *zoneFiles) close(failed error) error {
	if f == nil {
		return failed
	}
	return errors.Join(failed,
		f.parks.close(failed), f.zones.close(failed), f.parcels.close(failed), f.buildings.close(failed),
		f.firms.close(failed), f.occupancies.close(failed), f.figures.close(failed))
}
