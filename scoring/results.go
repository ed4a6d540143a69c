package scoring

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"muchan/parcels"
)

// resultsFormat numbers the form of encoded results. Format 2 added the days, stages and findings of land to format 1, which kept runs
// still have; oldestResults is the first that is read.
const (
	resultsFormat = 2
	oldestResults = 1
)

// resultsDoc is the form of a published run's results.
type resultsDoc struct {
	Format     int                `json:"format"`
	Year       int                `json:"year"`
	AsOf       parcels.Date       `json:"as_of"`
	Version    int64              `json:"version"`
	Rules      []RuleRef          `json:"rules"`
	Warnings   []string           `json:"warnings"`
	Parcels    []parcelResult     `json:"parcels"`
	Firms      []firmResult       `json:"firms"`
	Exit       []exitResult       `json:"exit"`
	Unassigned []unassignedResult `json:"unassigned"`
	Summands   []Summand          `json:"summands"` // missing in runs that were published before they were kept
}

type parcelResult struct {
	Code            string                   `json:"code"`
	Class           Class                    `json:"class"`
	Points          parcels.Opt[float64]     `json:"points"`
	LandMu          parcels.Opt[float64]     `json:"land_mu"`
	FloorM2         parcels.Opt[float64]     `json:"floor_m2"`
	OutputWan       parcels.Opt[parcels.Wan] `json:"output_wan"`
	RevenueWan      parcels.Opt[parcels.Wan] `json:"revenue_wan"`
	ValueAddedWan   parcels.Opt[parcels.Wan] `json:"value_added_wan"`
	TaxWan          parcels.Opt[parcels.Wan] `json:"tax_wan"`
	OutputPerMu     parcels.Opt[float64]     `json:"output_wan_mu"`
	RevenuePerMu    parcels.Opt[float64]     `json:"revenue_wan_mu"`
	ValueAddedPerMu parcels.Opt[float64]     `json:"value_added_wan_mu"`
	TaxPerMu        parcels.Opt[float64]     `json:"tax_wan_mu"`
	FAR             parcels.Opt[float64]     `json:"far"`
	Density         parcels.Opt[float64]     `json:"density"`
	Coefficient     parcels.Opt[float64]     `json:"coefficient"`
	OfficeShare     parcels.Opt[float64]     `json:"office_share"`
	FAIPerMu        parcels.Opt[float64]     `json:"fai_wan_mu"`
	VacantShare     parcels.Opt[float64]     `json:"vacant_share"`
	UnassignedMu    parcels.Opt[float64]     `json:"unassigned_mu"`
	BenefitPerMu    parcels.Opt[float64]     `json:"benefit_wan_mu"`
	Band            string                   `json:"band"`
	Partial         []string                 `json:"partial"`
	IdleType        string                   `json:"idle_type"`
	IdleStage       string                   `json:"idle_stage"`
	IdleSince       parcels.Date             `json:"idle_since"`
	IdleDays        int                      `json:"idle_days"`
	IdleFeeWan      parcels.Opt[parcels.Wan] `json:"idle_fee_wan"`
	IdlePlant       bool                     `json:"idle_plant"`
	IdlePlantSince  parcels.Date             `json:"idle_plant_since"`
	landResult
	Exit  bool          `json:"exit"`
	Firms []shareResult `json:"firms"`
}

type shareResult struct {
	USCC   string  `json:"uscc"`
	Share  float64 `json:"share"`
	LandMu float64 `json:"land_mu"`
	Tenure string  `json:"tenure"`
}

type firmResult struct {
	USCC       string                   `json:"uscc"`
	RuleSet    string                   `json:"rule_set"`
	Cohort     string                   `json:"cohort"`
	Group      string                   `json:"group"`
	LandMu     parcels.Opt[float64]     `json:"land_mu"`
	TaxWan     parcels.Opt[parcels.Wan] `json:"tax_wan"`
	Points     parcels.Opt[float64]     `json:"points"`
	Rank       int                      `json:"rank"`
	Of         int                      `json:"of"`
	Class      Class                    `json:"class"`
	Indicators []indicatorResult        `json:"indicators"`
	Steps      []stepResult             `json:"steps"`
}

type indicatorResult struct {
	ID     string               `json:"id"`
	Value  parcels.Opt[float64] `json:"value"`
	Base   float64              `json:"base"`
	Weight float64              `json:"weight"`
	Points float64              `json:"points"`
	Filled bool                 `json:"filled"`
}

type stepResult struct {
	Effect   string `json:"effect"`
	Arg      string `json:"arg"`
	Evidence string `json:"evidence"`
	From     Class  `json:"from"`
	To       Class  `json:"to"`
}

type exitResult struct {
	Parcel   string       `json:"parcel"`
	Failed   int          `json:"failed"`
	Severity float64      `json:"severity"`
	Tests    []testResult `json:"tests"`
}

type testResult struct {
	ID        string               `json:"id"`
	Value     parcels.Opt[float64] `json:"value"`
	Threshold float64              `json:"threshold"`
	Standard  float64              `json:"standard"`
	Factor    float64              `json:"factor"`
	Unit      string               `json:"unit"`
	Failed    bool                 `json:"failed"`
	Margin    float64              `json:"margin"`
	Document  string               `json:"document"`
	Clause    string               `json:"clause"`
	Note      string               `json:"note"`
}

type unassignedResult struct {
	USCC          string                   `json:"uscc"`
	Reason        string                   `json:"reason"`
	OutputWan     parcels.Opt[parcels.Wan] `json:"output_wan"`
	RevenueWan    parcels.Opt[parcels.Wan] `json:"revenue_wan"`
	ValueAddedWan parcels.Opt[parcels.Wan] `json:"value_added_wan"`
	TaxWan        parcels.Opt[parcels.Wan] `json:"tax_wan"`
}

// EncodeResults writes scores as canonical JSON: the same scores give the same bytes, numbers have the fewest digits that read back
// the same, missing is null. It is what Run.Results of a published run holds.
func EncodeResults(s *Scores) ([]byte, error) {
	doc := resultsDoc{
		Format: resultsFormat, Year: s.Year, AsOf: s.AsOf, Version: s.Version,
		Rules: orEmpty(s.Rules), Warnings: orEmpty(s.Warnings),
		Parcels: make([]parcelResult, len(s.Parcels)), Firms: make([]firmResult, len(s.Firms)),
		Exit: make([]exitResult, len(s.Exit)), Unassigned: make([]unassignedResult, len(s.Unassigned)),
	}
	for i := range s.Parcels {
		doc.Parcels[i] = s.Parcels[i].result(s.Firms, s.AsOf)
	}
	for i := range s.Firms {
		doc.Firms[i] = s.Firms[i].result()
	}
	for i := range s.Exit {
		doc.Exit[i] = s.exitResult(&s.Exit[i])
	}
	for i, u := range s.Unassigned {
		doc.Unassigned[i] = unassignedResult{s.Firms[u.Firm].USCC, u.Reason, u.OutputWan, u.RevenueWan, u.ValueAddedWan, u.TaxWan}
	}
	doc.Summands = Summands(s)
	b, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("encode results: %w", err)
	}
	return b, nil
}

func (ps *ParcelScore) result(firms []FirmScore, asOf parcels.Date) parcelResult {
	r := parcelResult{
		Code: ps.Code, Class: ps.Class, Points: ps.Points, LandMu: ps.LandMu, FloorM2: ps.FloorM2,
		OutputWan: ps.OutputWan, RevenueWan: ps.RevenueWan, ValueAddedWan: ps.ValueAddedWan, TaxWan: ps.TaxWan,
		OutputPerMu: ps.OutputPerMu(), RevenuePerMu: ps.RevenuePerMu(), ValueAddedPerMu: ps.ValueAddedPerMu(), TaxPerMu: ps.TaxPerMu(),
		FAR: ps.FAR, Density: ps.Density, Coefficient: ps.Coefficient, OfficeShare: ps.OfficeShare, FAIPerMu: ps.FAIPerMu,
		VacantShare: ps.VacantShare, UnassignedMu: ps.UnassignedMu, BenefitPerMu: ps.BenefitPerMu, Band: ps.Band, Partial: orEmpty(ps.Partial.Names()),
		IdleType: ps.Idle.Type, IdleStage: ps.Idle.Stage, IdleSince: ps.Idle.Since, IdleDays: ps.Idle.Days,
		IdleFeeWan: ps.Idle.FeeWan, IdlePlant: ps.Idle.Plant, IdlePlantSince: ps.Idle.PlantSince,
		landResult: ps.landResult(asOf), Exit: ps.Exit >= 0, Firms: make([]shareResult, len(ps.Firms)),
	}
	for i, f := range ps.Firms {
		r.Firms[i] = shareResult{firms[f.Firm].USCC, f.Weight, f.LandMu, f.Tenure()}
	}
	return r
}

func (fs *FirmScore) result() firmResult {
	r := firmResult{
		USCC: fs.USCC, RuleSet: fs.RuleSet, Cohort: fs.Cohort, Group: fs.Group, LandMu: fs.LandMu, TaxWan: fs.TaxWan,
		Points: fs.Points, Rank: fs.Rank, Of: fs.Of, Class: fs.Class,
		Indicators: make([]indicatorResult, len(fs.Indicators)), Steps: make([]stepResult, len(fs.Steps)),
	}
	for i, in := range fs.Indicators {
		r.Indicators[i] = indicatorResult(in)
	}
	for i, st := range fs.Steps {
		r.Steps[i] = stepResult(st)
	}
	return r
}

func (s *Scores) exitResult(e *ExitCandidate) exitResult {
	tests, _ := s.ExitTests(e.Parcel)
	r := exitResult{Parcel: s.Parcels[e.Parcel].Code, Failed: e.Failed, Severity: e.Severity, Tests: make([]testResult, len(tests))}
	for i, t := range tests {
		r.Tests[i] = testResult{t.ID, t.Value, t.Threshold, t.Standard, t.Factor, t.Unit, t.Failed, t.Margin, t.Rule.Document, t.Clause, t.Note}
	}
	return r
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// PublishedClasses reads the class of every parcel, by code, from the results of a published run.
func PublishedClasses(results []byte) (map[string]Class, error) {
	var doc struct {
		Format  int `json:"format"`
		Parcels []struct {
			Code  string `json:"code"`
			Class Class  `json:"class"`
		} `json:"parcels"`
	}
	if err := json.Unmarshal(results, &doc); err != nil {
		return nil, fmt.Errorf("read published results: %w", err)
	}
	if err := readable(doc.Format); err != nil {
		return nil, fmt.Errorf("read published results: %w", err)
	}
	classes := make(map[string]Class, len(doc.Parcels))
	for _, p := range doc.Parcels {
		switch p.Class {
		case ClassA, ClassB, ClassC, ClassD, ClassNotRated, ClassNone:
			classes[p.Code] = p.Class
		default:
			return nil, fmt.Errorf("read published results: parcel %s has the unknown class %q", p.Code, p.Class)
		}
	}
	return classes, nil
}

// RulesDigest names the sets of a run in one text and hashes them in one sum, whatever their order.
func RulesDigest(refs []RuleRef) (id, hash string) {
	sorted := slices.Clone(refs)
	slices.SortFunc(sorted, func(a, b RuleRef) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Hash, b.Hash)) })
	ids, sum := make([]string, len(sorted)), sha256.New()
	for i, r := range sorted {
		ids[i] = r.ID
		fmt.Fprintf(sum, "%s %s\n", r.ID, r.Hash)
	}
	return strings.Join(ids, "+"), hex.EncodeToString(sum.Sum(nil))
}
