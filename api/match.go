package api

import (
	"errors"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring/match"
)

var matchRoutes = []route{{
	method: get, pattern: "/api/v1/match", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone", answer: matchList{},
	params: matchParams(), handle: (*call).match,
	doc: words{"可供企业扩张的土地和厂房，按匹配程度排序", "land and plants on which a firm could grow, best match first"},
}}

// matchParams are the need, the numbers of the score, and the page.
func matchParams() []param {
	list := append([]param{
		yearParam, parkParam,
		{name: "uscc", kind: textParam, min: 1, max: 18, doc: words{"要扩张的企业的统一社会信用代码", "credit code of the firm that must grow"}},
		{name: "industry", kind: textParam, min: 2, max: 4, doc: words{"行业代码 GB/T 4754-2017，缺省为该企业的", "industry by GB/T 4754-2017; the firm's by default"}},
		{name: "need_mu", kind: numberParam, doc: words{"需要的土地，亩", "land needed, mu"}},
		{name: "need_floor_m2", kind: numberParam, doc: words{"需要的建筑面积，平方米", "floor area needed, m²"}},
		{name: "min_width_m", kind: numberParam, doc: words{"土地最小宽度，米", "narrowest width of land, m"}},
		{name: "max_distance_m", kind: numberParam, doc: words{"最大距离，米", "largest distance, m"}},
		{name: "near", kind: textParam, min: 1, max: 28, doc: words{"就近的宗地代码，缺省为企业现有用地", "code of the parcel to be near; the firm's own land by default"}},
		{name: "lon", kind: numberParam, doc: words{"就近位置的经度，与 lat 同用", "longitude to be near, together with lat"}},
		{name: "lat", kind: numberParam, doc: words{"就近位置的纬度，与 lon 同用", "latitude to be near, together with lon"}},
		{name: "parcel", kind: textParam, min: 1, max: 28, doc: words{"只问这一宗地：可供或为何不可供", "only this parcel: how it would serve, or why not"}},
		{name: "excluded", kind: flagParam, standard: "false", doc: words{"同时列出被排除的候选及原因", "list the candidates left out as well, with the reason"}},
		{name: "half_distance_m", kind: numberParam, doc: words{"距离取值减半的距离，米", "distance at which its value is one half, m"}},
	}, listParams("", matchOrders)...)
	for _, part := range match.Parts {
		title := match.PartTitles[part]
		list = append(list, param{name: "weight_" + string(part), kind: numberParam, doc: words{"权重：" + title.Zh, "weight: " + title.En}})
	}
	return list
}

// matchPlace is a place in a ranking.
type matchPlace struct {
	*match.Ranking
	at int
}

// matchOrders sort places, which come best first.
var matchOrders = []order[matchPlace]{
	{"score", func(_ *call, p matchPlace) sortKey { return byNumber(p.Score(p.at)) }},
	{"gap_m", func(_ *call, p matchPlace) sortKey { return byOpt(p.GapM(p.at)) }},
	{"land_m2", func(_ *call, p matchPlace) sortKey { return byOpt(p.Offered(p.at).LandM2) }},
	{"floor_m2", func(_ *call, p matchPlace) sortKey { return byOpt(p.Offered(p.at).FloorM2) }},
}

// match ranks the land that could serve a firm or a profile. The candidates are suspected ones; the answer decides about nobody's land.
func (c *call) match() error {
	need, err := c.matchNeed()
	if err != nil {
		return err
	}
	params, err := c.matchWeights()
	if err != nil {
		return err
	}
	ranking, err := c.image.pool().Find(need, params)
	if err != nil {
		return matchFault(err)
	}
	doc := matchList{
		Year: c.image.Scores.Year, AsOf: c.image.Scores.AsOf.String(), Notice: match.Notice.Zh, NoticeEn: match.Notice.En,
		Industry: ranking.Industry(), Near: ranking.Near(), Weights: params.Weights, HalfDistanceM: params.HalfDistanceM,
		Total: ranking.Len(), Rows: []matchDoc{}, ExcludedTotal: ranking.ExcludedLen(), Excluded: []exclusionDoc{},
	}
	if code := c.text("parcel"); code != "" {
		return c.matchOne(ranking, code, &doc)
	}
	places := make([]matchPlace, ranking.Len())
	for at := range places {
		places[at] = matchPlace{ranking, at}
	}
	for _, place := range listed(c, places, matchOrders) {
		item := ranking.Item(place.at)
		doc.Rows = append(doc.Rows, c.image.matchDoc(&item))
	}
	if c.text("excluded") == "true" {
		for _, at := range c.window(upTo(ranking.ExcludedLen())) {
			x := ranking.Excluded(at)
			doc.Excluded = append(doc.Excluded, c.image.exclusionDoc(&x))
		}
	}
	return c.json(doc)
}

func (c *call) matchOne(ranking *match.Ranking, code string, doc *matchList) error {
	item, x, err := ranking.Why(code)
	switch {
	case err != nil:
		return badParameter("parcel", words{"没有这宗地", "there is no such parcel"})
	case item != nil:
		doc.Rows = append(doc.Rows, c.image.matchDoc(item))
	default:
		doc.Excluded = append(doc.Excluded, c.image.exclusionDoc(x))
	}
	return c.json(doc)
}

func matchFault(err error) error {
	switch {
	case errors.Is(err, match.ErrNoFirm):
		return badParameter("uscc", words{"没有这家企业", "there is no such firm"})
	case errors.Is(err, match.ErrNoParcel):
		return badParameter("near", words{"没有这宗地", "there is no such parcel"})
	case errors.Is(err, match.ErrIndustry):
		return badParameter("industry", words{"不是 GB/T 4754-2017 的行业代码", "this is no industry code of GB/T 4754-2017"})
	case errors.Is(err, match.ErrNotDrawn):
		return badParameter("near", words{"该宗地无图形", "the parcel is not drawn"})
	}
	return err
}

func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// matchNeed reads what is looked for.
func (c *call) matchNeed() (match.Need, error) {
	need := match.Need{USCC: c.text("uscc"), Industry: parcels.NormaliseIndustry(c.text("industry")), NearParcel: c.text("near"), Park: c.text("park")}
	if err := c.knownPark(); err != nil {
		return need, err
	}
	for _, p := range []struct {
		name   string
		factor float64
		to     *parcels.Opt[float64]
	}{
		{"need_mu", float64(geo.Mu(1).M2()), &need.LandM2},
		{"need_floor_m2", 1, &need.FloorM2},
		{"min_width_m", 1, &need.MinWidthM},
		{"max_distance_m", 1, &need.MaxDistanceM},
	} {
		v, given := c.decimal(p.name)
		if given && !(v > 0 && v <= maxMeasure) {
			return need, badParameter(p.name, words{"应大于 0 且不超过 10 亿", "must be above 0 and at most 10⁹"})
		}
		if given {
			*p.to = parcels.Some(v * p.factor)
		}
	}
	return need, c.matchPlace(&need)
}

// maxMeasure bounds lengths and areas, far above any zone's.
const maxMeasure = 1e9

func (c *call) matchPlace(need *match.Need) error {
	lon, hasLon := c.decimal("lon")
	lat, hasLat := c.decimal("lat")
	switch {
	case hasLon != hasLat:
		return badParameter("lon", words{"lon 与 lat 应同时给出", "lon and lat belong together"})
	case hasLon && need.NearParcel != "":
		return badParameter("near", words{"near 与 lon、lat 只能给出一种", "give near, or lon and lat, not both"})
	case hasLon && !(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90):
		return badParameter("lon", words{"经纬度超出范围", "longitude or latitude out of range"})
	case hasLon:
		need.NearPoint = &geo.Point{lon, lat}
	}
	return nil
}

// matchWeights reads the numbers of the score that the reader changes.
func (c *call) matchWeights() (match.Params, error) {
	params := match.Defaults()
	sum := 0.0
	for _, part := range match.Parts {
		name := "weight_" + string(part)
		if v, given := c.decimal(name); given {
			if !(v >= 0 && v <= 1000) {
				return params, badParameter(name, words{"应在 0 到 1000 之间", "must be from 0 to 1000"})
			}
			params.Weights[part] = v
		}
		sum += params.Weights[part]
	}
	if sum == 0 {
		return params, badParameter("weight_distance", words{"权重不能全为 0", "not all weights may be 0"})
	}
	if v, given := c.decimal("half_distance_m"); given {
		if !(v > 0 && v <= maxMeasure) {
			return params, badParameter("half_distance_m", words{"应大于 0 且不超过 10 亿", "must be above 0 and at most 10⁹"})
		}
		params.HalfDistanceM = v
	}
	return params, nil
}

// decimal returns a checked number, and whether it was given.
func (c *call) decimal(name string) (float64, bool) {
	if c.values[name] == "" {
		return 0, false
	}
	v, err := finite(c.values[name]) // checked by param.read
	return v, err == nil
}
