package api

import (
	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/match"
)

type matchList struct {
	Year          int                    `json:"year"`
	AsOf          string                 `json:"as_of"`
	Notice        string                 `json:"notice"`
	NoticeEn      string                 `json:"notice_en"`
	Industry      string                 `json:"industry"`
	Near          []string               `json:"near"` // parcels that distances are measured from
	Weights       map[match.Part]float64 `json:"weights"`
	HalfDistanceM float64                `json:"half_distance_m"`
	Total         int                    `json:"total"`
	Rows          []matchDoc             `json:"rows"`
	ExcludedTotal int                    `json:"excluded_total"`
	Excluded      []exclusionDoc         `json:"excluded"`
}

// matchDoc is one parcel that could serve.
type matchDoc struct {
	Rank    int                  `json:"rank"`
	Code    string               `json:"code"`
	Park    string               `json:"park"`
	Address string               `json:"address"`
	BBox    []float64            `json:"bbox"`
	At      []float64            `json:"at"` // [lon, lat] of a point on its surface
	Score   float64              `json:"score"`
	Kinds   []namedDoc           `json:"kinds"`
	Offer   offerDoc             `json:"offer"`
	Own     bool                 `json:"own"`
	Fit     parcels.Opt[float64] `json:"fit"`   // need ÷ offer, 0..1
	GapM    parcels.Opt[float64] `json:"gap_m"` // geodesic between the boundaries
	From    string               `json:"from"`  // parcel the gap is measured from
	Form    formDoc              `json:"form"`
	Line    int                  `json:"block_line_level"` // 0 for none
	Zones   []zoneDoc            `json:"zones"`
	Paths   []pathDoc            `json:"paths"` // that of the offer first
	Holder  *holderDoc           `json:"holder"`
	Parts   []partDoc            `json:"parts"`
}

type namedDoc struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	TitleEn string `json:"title_en"`
}

type offerDoc struct {
	Kind      match.Kind           `json:"kind"`
	LandM2    parcels.Opt[float64] `json:"land_m2"`
	LandMu    parcels.Opt[float64] `json:"land_mu"`
	FloorM2   parcels.Opt[float64] `json:"floor_m2"` // that stands
	BuildM2   parcels.Opt[float64] `json:"build_m2"` // that may be built
	Estimated bool                 `json:"estimated"`
}

type formDoc struct {
	LongM  float64 `json:"long_m"`
	ShortM float64 `json:"short_m"`
	Fill   float64 `json:"fill"` // 0..1
}

type pathDoc struct {
	Kind      match.Kind `json:"kind"`
	Way       string     `json:"way"`
	WayEn     string     `json:"way_en"`
	Consent   string     `json:"consent"`
	ConsentEn string     `json:"consent_en"`
	Document  string     `json:"document"`
	Verified  bool       `json:"verified"`
	Note      string     `json:"note"`
	NoteEn    string     `json:"note_en"`
}

type holderDoc struct {
	USCC  string        `json:"uscc"`
	Name  string        `json:"name"`
	Class scoring.Class `json:"class"`
}

type partDoc struct {
	Weight float64 `json:"weight"`
	Points float64 `json:"points"`
	explanationDoc
}

type exclusionDoc struct {
	Code     string               `json:"code"`
	Park     string               `json:"park"`
	BBox     []float64            `json:"bbox"`
	Kinds    []namedDoc           `json:"kinds"`
	Reason   match.Reason         `json:"reason"`
	Text     string               `json:"text"`
	TextEn   string               `json:"text_en"`
	GapM     parcels.Opt[float64] `json:"gap_m"`
	Partners []partnerDoc         `json:"partners"` // neighbours with which it would be large enough
}

type partnerDoc struct {
	Code       string  `json:"code"`
	LandM2     float64 `json:"land_m2"`
	TogetherM2 float64 `json:"together_m2"`
}

func (i *Image) matchDoc(item *match.Item) matchDoc {
	p := i.Snapshot.Parcels.At(item.Parcel)
	doc := matchDoc{
		Rank: item.Rank, Code: p.Code, Park: p.Park, Address: p.Address, BBox: box(p.Shape.Bound()), Score: item.Score, Kinds: kindDocs(item.Kinds),
		Own: item.Own, Fit: item.Fit, GapM: item.GapM, From: item.From, Line: item.Line, Form: formDoc(item.Form), Zones: i.zonesAt(p.Shape),
		Offer: offerDoc{Kind: item.Offer.Kind, LandM2: item.Offer.LandM2, FloorM2: item.Offer.FloorM2, BuildM2: item.Offer.BuildM2, Estimated: item.Offer.Estimated},
	}
	if at := i.gen.mark(p.Code); at != nil {
		doc.At = []float64{at[0], at[1]}
	}
	if m2, ok := item.Offer.LandM2.Get(); ok {
		doc.Offer.LandMu = parcels.Some(float64(geo.M2(m2).Mu()))
	}
	for _, path := range item.Paths {
		doc.Paths = append(doc.Paths, pathDoc{
			path.Kind, path.Way.Zh, path.Way.En, path.Consent.Zh, path.Consent.En, path.Document, path.Verified, path.Note.Zh, path.Note.En,
		})
	}
	if item.Holder >= 0 {
		f := &i.Snapshot.Firms[item.Holder]
		doc.Holder = &holderDoc{f.USCC, f.Name, item.Class}
	}
	for k := range item.Parts {
		part := &item.Parts[k]
		doc.Parts = append(doc.Parts, partDoc{part.Weight, part.Points, explanation(&part.Explanation)})
	}
	return doc
}

func kindDocs(kinds []match.Kind) []namedDoc {
	docs := []namedDoc{}
	for _, k := range kinds {
		docs = append(docs, namedDoc{string(k), match.KindTitles[k].Zh, match.KindTitles[k].En})
	}
	return docs
}

func (i *Image) exclusionDoc(x *match.Exclusion) exclusionDoc {
	p := i.Snapshot.Parcels.At(x.Parcel)
	doc := exclusionDoc{
		Code: p.Code, Park: p.Park, BBox: box(p.Shape.Bound()), Kinds: kindDocs(x.Kinds), Reason: x.Reason, Text: x.Detail.Zh, TextEn: x.Detail.En,
		GapM: x.GapM, Partners: []partnerDoc{},
	}
	for _, q := range x.Partners {
		doc.Partners = append(doc.Partners, partnerDoc(q))
	}
	return doc
}
