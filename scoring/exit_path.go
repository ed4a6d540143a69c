package scoring

import (
	"slices"

	"muchan/parcels"
)

// Path is a way from the list, judged for one candidate by the facts on file. It advises; every act is the authority's or the holder's.
type Path struct {
	ID       string `json:"id"` // see ExitPathIDs
	Fits     bool   `json:"fits"`
	Title    Text   `json:"title"`
	Reason   Text   `json:"reason"`   // why it fits or does not
	Rule     string `json:"rule"`     // ID of the rule set that names it
	Document string `json:"document"` // the legal ground
	Clause   string `json:"clause"`
	Verified bool   `json:"verified"` // the ground was compared with the issuer's own text
	Note     Text   `json:"note"`
}

// exitPaths are the ways in the order they are shown: first what comes before all else, then what asks for facts, last what is closed.
// judge returns applies false where the way need not be spoken of.
var exitPaths = []struct {
	id    string
	judge func(x *pathFacts) (fits, applies bool, reason Text)
}{
	{"rectify", always(Text{"任何处置之前先告知并给予整改期限", "before anything else the holder is told and given time to put it right"})},
	{"expand", (*pathFacts).expand},
	{"convert", (*pathFacts).convert},
	{"managed", (*pathFacts).managed},
	{"split", (*pathFacts).split},
	{"reserve", (*pathFacts).reserve},
	{"negotiate", always(Text{"须土地使用权人同意并给予补偿", "it takes the holder's consent, and compensation"})},
	{"idle_procedure", (*pathFacts).idleProcedure},
	{"free_take_back", never(Text{"低效本身不构成无偿收回依据", "low efficiency alone is no ground for taking land back without compensation"})},
	{"penalty_on_statistics", (*pathFacts).penaltyOnStatistics},
	{"class_levy", never(Text{"不得据此增减税费，仅作政策提示", "no tax or fee may be changed on this ground; a policy hint only"})},
}

// ExitPathIDs lists the paths a rule set may name.
var ExitPathIDs = func() []string {
	ids := make([]string, len(exitPaths))
	for i := range exitPaths {
		ids[i] = exitPaths[i].id
	}
	return ids
}()

// ClosedPath reports whether a path fits nobody: it is listed so that its reason is read.
func ClosedPath(id string) bool {
	return slices.Contains([]string{"free_take_back", "penalty_on_statistics", "class_levy"}, id)
}

func always(why Text) func(*pathFacts) (bool, bool, Text) {
	return func(*pathFacts) (bool, bool, Text) { return true, true, why }
}

func never(why Text) func(*pathFacts) (bool, bool, Text) {
	return func(*pathFacts) (bool, bool, Text) { return false, true, why }
}

// Paths judges the paths for a parcel on the list or not, such as one that may be idle; none where no rule set names any. p is a
// position in Parcels.
func (s *Scores) Paths(p int) []Path {
	v := s.run.tryExit(p)
	if v.set == nil {
		return nil
	}
	return s.run.pathsOf(p, &v)
}

// pathsOf judges the paths that the parcel's rule set names.
func (r *run) pathsOf(p int, v *ExitVerdict) []Path {
	x := r.pathFactsOf(p, v)
	var out []Path
	for i := range exitPaths {
		at := slices.IndexFunc(v.set.Exit.Paths, func(row ExitPath) bool { return row.ID == exitPaths[i].id })
		if at < 0 {
			continue
		}
		row := &v.set.Exit.Paths[at]
		if fits, applies, reason := exitPaths[i].judge(x); applies {
			out = append(out, Path{
				ID: row.ID, Fits: fits, Title: Text{orElse(row.Title, row.ID), orElse(row.TitleEn, row.ID)}, Reason: reason, Rule: v.set.ID,
				Document: row.Document, Clause: row.Clause, Verified: row.Verified, Note: Text{row.Note, row.NoteEn},
			})
		}
	}
	return out
}

// pathFacts are what the paths ask about a candidate.
type pathFacts struct {
	score      *ParcelScore
	contract   *parcels.Contract
	state      string
	built      bool // a finished building, or a recorded completion or production
	low        []string
	stock      *StockRules // nil outside the stock-land document
	small      bool        // so little land that its band does not depend on the benefit
	statistics bool        // a figure of the year comes from government statistics
}

func (r *run) pathFactsOf(p int, v *ExitVerdict) *pathFacts {
	parcel := r.snap.Parcels.At(p)
	past := func(d parcels.Date) bool { return d.OK() && d <= r.in.AsOf }
	x := &pathFacts{score: &r.out.Parcels[p], contract: &parcel.Contract, state: parcel.State, low: v.GroupsFailed}
	x.built = r.finished(p, r.startAt(p)) || past(parcel.Contract.CompletedOn) || past(parcel.Contract.ProducedOn)
	if set := r.ruleAt(KindStock, p); set != nil && r.stock != nil && r.stock[p] == stockApplies {
		x.stock, x.small = set.Stock, r.smallLand(p, set.Stock)
	}
	for _, share := range x.score.Firms {
		f := r.snap.FiguresOf(r.snap.Firms[share.Firm].USCC, r.in.Year)
		x.statistics = x.statistics || f != nil && f.Source == "statistics"
	}
	return x
}

// vacant reports whether a plant stands that nobody uses: by the vacant-plant rule, by the state on file, or because no firm is on it.
func (x *pathFacts) vacant() bool {
	return x.score.Idle.Plant || x.finds(FindBuiltUnused) || x.state == parcels.StateUnused || x.built && len(x.score.Firms) == 0
}

// finds reports whether a type of suspicion was raised about the land.
func (x *pathFacts) finds(kind string) bool {
	return slices.ContainsFunc(x.score.Findings, func(f Finding) bool { return f.Type == kind })
}

// above is by how much an agreed value exceeds the actual one, 0 when it does not or one of them is missing.
func above(agreed, actual parcels.Opt[float64]) float64 {
	a, ok := agreed.Get()
	b, known := actual.Get()
	if !ok || !known {
		return 0
	}
	return max(0, a-b)
}

func (x *pathFacts) expand() (bool, bool, Text) {
	if !x.built {
		return false, true, Text{"一期尚未建成", "phase one is not finished"}
	}
	floor, far := above(x.contract.AgreedFloorM2, x.score.FloorM2), above(x.contract.MaxFAR, x.score.FAR)
	agreed, ok := x.contract.AgreedFAIWan.Get()
	paid, known := x.contract.FAIWan.Get()
	short := ok && known && paid < agreed
	var why Text
	if floor > 0 {
		m2 := textOf(floor, "m²")
		why = why.between("；", "; ", Text{"较合同约定尚可建 " + m2 + " m²", m2 + " m² below the floor area agreed"})
	}
	if far > 0 {
		room := textOf(far, "")
		why = why.between("；", "; ", Text{"容积率距合同上限尚有 " + room, "the floor-area ratio is " + room + " below the contract's upper limit"})
	}
	if short {
		gap := textOf((agreed - paid).Float(), "万元")
		why = why.between("；", "; ", Text{"投资较合同约定尚差 " + gap + " 万元", gap + " 万元 of the investment agreed is missing"})
	}
	if why == (Text{}) {
		return false, true, Text{"合同未约定更多建筑面积、容积率或投资，或未登记", "the contract on file leaves no more floor area, floor-area ratio or investment to make"}
	}
	return true, true, why
}

func (x *pathFacts) convert() (bool, bool, Text) {
	low := func(group string) bool { return slices.Contains(x.low, group) }
	switch {
	case x.vacant():
		return true, true, Text{"厂房疑似空置或无企业使用", "the plant is suspected to stand empty, or no firm uses it"}
	case x.built && low("yield") && !low("density"):
		return true, true, Text{"产出低而建设强度达标，厂房可另用", "the yield is low but the building passes, so another user can take it"}
	}
	return false, true, Text{"厂房在用，且建设强度未达标或产出并不低，或尚未建成", "the plant is in use and its density fails or its yield does not, or nothing is built"}
}

func (x *pathFacts) managed() (bool, bool, Text) {
	if x.vacant() {
		return true, true, Text{"厂房疑似空置或无企业使用，可委托代管招商", "the plant is suspected to stand empty, or no firm uses it: an agent may let it"}
	}
	return false, true, Text{"无疑似空置厂房", "no plant is suspected to stand empty"}
}

func (x *pathFacts) split() (bool, bool, Text) {
	if x.built && (x.finds(FindPartlyBuilt) || x.state == parcels.StatePartial || slices.Contains(x.low, "density")) {
		return true, true, Text{"部分用地疑似未建，可依规划和合同研究分割", "part of the land is suspected to be unbuilt; a division has to agree with plan and contract"}
	}
	return false, true, Text{"无疑似可分割的未建部分", "no unbuilt part is suspected that could be divided off"}
}

func (x *pathFacts) reserve() (bool, bool, Text) {
	switch {
	case x.stock == nil:
		return false, true, Text{"不属存量用地文件适用范围", "outside the scope of the stock-land document"}
	case x.score.Band == "":
		return false, true, Text{"近三年效益资料不足，分档未定", "the benefit on file does not settle the band"}
	case x.small:
		title := x.stock.title(x.score.Band)
		return true, true, Text{"用地面积小：" + title.Zh, "little land: " + title.En}
	}
	title := x.stock.title(x.score.Band)
	return x.score.Band == x.stock.lowBand(), true, Text{"效益分档：" + title.Zh, "band by benefit: " + title.En}
}

func (x *pathFacts) idleProcedure() (bool, bool, Text) {
	zh, en := x.score.Idle.Title()
	if t := x.score.Idle.Type; t == IdleUnstarted || t == IdleStalled {
		return true, true, Text{"疑似闲置（" + zh + "），须先由自然资源主管部门调查认定", "suspected idle land (" + en + "); the natural-resources bureau has to investigate and determine first"}
	}
	return false, true, Text{"未发现疑似闲置土地情形", "no idle land is suspected"}
}

func (x *pathFacts) penaltyOnStatistics() (bool, bool, Text) {
	return false, x.statistics, Text{"所用数据含政府统计数据，不得直接作为行政处罚等依据", "some figures come from government statistics and are no direct ground for penalties or other administrative acts"}
}
