package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/match"
)

type matchFlags struct {
	firm, industry, near, park string
	mu, floor, width, distance float64
	limit                      int
}

func (p *program) matchCommand(f *scoreFlags) *cobra.Command {
	var m matchFlags
	c := &cobra.Command{
		Use:   "match",
		Short: "Find land or plants on which a firm could grow, best match first, with the lawful way to each",
		Long: `Ranks parcels that are signed and unbuilt, suspected idle, partly built, with a vacant plant, suspected exit candidates, or in
reserve, for a firm that must expand or for a profile. A match is a proposal to look at, never a decision about somebody's land.`,
		Example: `  muchan score match --firm 91359900MA0000015X --need-mu 20
  muchan score match --industry 1952 --need-floor-m2 8000 --near 350502999001GB00002 --max-distance-m 3000`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return p.match(c.Context(), f, &m) },
	}
	c.Flags().StringVar(&m.firm, "firm", "", "credit code of the firm that must grow")
	c.Flags().StringVar(&m.industry, "industry", "", "industry by GB/T 4754-2017; the firm's when not given")
	c.Flags().StringVar(&m.near, "near", "", "code of the parcel to be near; the firm's own land when not given")
	c.Flags().StringVar(&m.park, "park", "", "only in this park")
	c.Flags().Float64Var(&m.mu, "need-mu", 0, "land needed, mu")
	c.Flags().Float64Var(&m.floor, "need-floor-m2", 0, "floor area needed, m²")
	c.Flags().Float64Var(&m.width, "min-width-m", 0, "narrowest width of land, m")
	c.Flags().Float64Var(&m.distance, "max-distance-m", 0, "largest distance, m")
	c.Flags().IntVar(&m.limit, "limit", 20, "how many to list")
	return c
}

// need reads what is looked for; a measure of 0 was not given.
func (m *matchFlags) need() (match.Need, error) {
	need := match.Need{USCC: m.firm, Industry: parcels.NormaliseIndustry(m.industry), NearParcel: m.near, Park: m.park}
	for _, v := range []struct {
		flag  string
		value float64
		to    *parcels.Opt[float64]
	}{
		{"need-mu", float64(geo.Mu(m.mu).M2()), &need.LandM2},
		{"need-floor-m2", m.floor, &need.FloorM2},
		{"min-width-m", m.width, &need.MinWidthM},
		{"max-distance-m", m.distance, &need.MaxDistanceM},
	} {
		switch {
		case v.value < 0 || math.IsNaN(v.value) || math.IsInf(v.value, 0):
			return need, usageError{fmt.Errorf("--%s must be a number above 0", v.flag)}
		case v.value > 0:
			*v.to = parcels.Some(v.value)
		}
	}
	if m.limit < 1 {
		return need, usageError{fmt.Errorf("--limit must be at least 1")}
	}
	return need, nil
}

// matchRow is one match as JSON.
type matchRow struct {
	Rank    int                   `json:"rank"`
	Code    string                `json:"code"`
	Park    string                `json:"park"`
	Score   float64               `json:"score"`
	Kinds   []match.Kind          `json:"kinds"`
	LandM2  parcels.Opt[float64]  `json:"land_m2"`
	FloorM2 parcels.Opt[float64]  `json:"floor_m2"`
	BuildM2 parcels.Opt[float64]  `json:"build_m2"`
	GapM    parcels.Opt[float64]  `json:"gap_m"`
	Paths   []match.Path          `json:"paths"`
	Parts   []scoring.Explanation `json:"parts"`
}

func (p *program) match(ctx context.Context, f *scoreFlags, m *matchFlags) error {
	need, err := m.need()
	if err != nil {
		return err
	}
	scores, err := p.scoresFor(ctx, f)
	if err != nil {
		return err
	}
	ranking, err := match.NewPool(scores).Find(need, match.Defaults())
	if err != nil {
		return err
	}
	var table [][]string
	rows := []matchRow{}
	for at := range min(m.limit, ranking.Len()) {
		item := ranking.Item(at)
		rows = append(rows, newMatchRow(scores, &item))
		table = append(table, f.matchCells(scores, &item))
	}
	if f.json {
		return printJSON(p.stdout, rows)
	}
	fmt.Fprintln(p.stdout, f.of(match.Notice))
	if err := printTable(p.stdout, f.header(matchColumns), table); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%d of %d that could serve, %d left out; as of %s\n", len(rows), ranking.Len(), ranking.ExcludedLen(), scores.AsOf)
	return err
}

var matchColumns = []scoring.Text{
	{Zh: "序", En: "No."},
	{Zh: "宗地代码", En: "Parcel"},
	{Zh: "园区", En: "Park"},
	{Zh: "匹配分", En: "Score"},
	{Zh: "类型", En: "Kinds"},
	{Zh: "土地 亩", En: "Land mu"},
	{Zh: "现有建筑 m²", En: "Floor m²"},
	{Zh: "可建 m²", En: "To build m²"},
	{Zh: "距离 m", En: "Distance m"},
	{Zh: "途径", En: "Way"},
}

func newMatchRow(s *scoring.Scores, item *match.Item) matchRow {
	parcel := s.Snapshot().Parcels.At(item.Parcel)
	row := matchRow{
		Rank: item.Rank, Code: parcel.Code, Park: parcel.Park, Score: item.Score, Kinds: item.Kinds, LandM2: item.Offer.LandM2,
		FloorM2: item.Offer.FloorM2, BuildM2: item.Offer.BuildM2, GapM: item.GapM, Paths: item.Paths, Parts: []scoring.Explanation{},
	}
	for _, part := range item.Parts {
		row.Parts = append(row.Parts, part.Explanation)
	}
	return row
}

func (l tongue) matchCells(s *scoring.Scores, item *match.Item) []string {
	parcel := s.Snapshot().Parcels.At(item.Parcel)
	kinds := make([]string, len(item.Kinds))
	for i, k := range item.Kinds {
		kinds[i] = l.of(match.KindTitles[k])
	}
	way := ""
	if len(item.Paths) > 0 {
		way = l.of(item.Paths[0].Way)
	}
	return []string{
		strconv.Itoa(item.Rank), parcel.Code, l.park(s.Snapshot(), parcel.Park), strconv.FormatFloat(item.Score, 'f', 1, 64), strings.Join(kinds, l.say("、", ", ")),
		number(item.Offer.LandM2, 3.0/2000), number(item.Offer.FloorM2, 1), number(item.Offer.BuildM2, 1), number(item.GapM, 1), way,
	}
}
