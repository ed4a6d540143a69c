package seeds

import (
	"encoding/csv"
	"fmt"
	"io"

	"muchan/parcels"
)

// Case is one parcel or firm of the demonstration that shows a rule at its boundary.
type Case struct {
	ID      string       // "idle-1-on-the-day"
	Parcel  string       // parcel code, "" when the case is a firm without land
	USCC    string       // credit code, "" when no firm matters
	Year    int          // year of the figures, 0 when none matter
	AsOf    parcels.Date // day at which the case stands at its boundary
	Shows   string       // Chinese
	ShowsEn string
}

// CasesAsOf is the day at which every case that depends on a clock stands at its boundary. On later days those cases have moved
// on; the demonstration then holds other parcels that are coming due.
const CasesAsOf = "2026-06-30"

const casesFile = "cases.csv"

var caseHeader = []string{"id", "parcel", "uscc", "year", "as_of", "shows", "shows_en"}

// Cases lists the cases of the demonstration, from its file cases.csv, which is not for import.
func Cases() ([]Case, error) {
	f, err := Demo.Open(casesFile)
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	defer f.Close()
	return readCases(f)
}

func readCases(r io.Reader) ([]Case, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", casesFile, err)
	}
	var list []Case
	for _, rec := range records[1:] {
		asOf, err := parcels.ParseDate(rec[4])
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", casesFile, err)
		}
		c := Case{ID: rec[0], Parcel: rec[1], USCC: rec[2], AsOf: asOf, Shows: rec[5], ShowsEn: rec[6]}
		if _, err := fmt.Sscan(rec[3], &c.Year); err != nil {
			return nil, fmt.Errorf("read %s: year %q: %w", casesFile, rec[3], err)
		}
		list = append(list, c)
	}
	return list, nil
}

func (c Case) record() []string {
	return []string{c.ID, c.Parcel, c.USCC, fmt.Sprint(c.Year), c.AsOf.String(), c.Shows, c.ShowsEn}
}
