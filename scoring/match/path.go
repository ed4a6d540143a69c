package match

import (
	"muchan/parcels"
	"muchan/scoring"
)

// Path is a lawful way by which land or floor area can come to the firm.
type Path struct {
	Kind     Kind         `json:"kind"`
	Way      scoring.Text `json:"way"`      // what is done
	Consent  scoring.Text `json:"consent"`  // whose consent it takes
	Document string       `json:"document"` // what it rests on
	Verified bool         `json:"verified"` // the document's text was read; false where it is cited from memory
	Note     scoring.Text `json:"note"`
}

const plan = "泉州经济技术开发区“十四五”规划纲要"

// Paths are the ways by kind. Low efficiency alone is no ground for taking land back, and what is suspected is not determined.
var Paths = map[Kind]Path{
	KindSigned: {
		KindSigned,
		scoring.Text{Zh: "协调调整：与原受让人协商，调整或解除出让合同后依法重新供应", En: "adjustment: the contract is changed or ended by agreement and the land supplied anew by law"},
		scoring.Text{Zh: "原受让人同意，自然资源主管部门办理", En: "the contract's holder agrees; the natural-resources bureau carries it out"},
		plan + " 三(七)2 协调调整周边已签约但未建设的土地", true,
		scoring.Text{},
	},
	KindUnstarted: {
		KindUnstarted,
		scoring.Text{Zh: "闲置土地处置：先调查认定，再按认定结果处置或协商收回", En: "procedure for idle land: investigation and determination first, then disposal or take-back by agreement"},
		scoring.Text{Zh: "自然资源主管部门认定；认定之前须原受让人同意", En: "the natural-resources bureau determines; until then the holder has to agree"},
		"国土资源部令第53号", false,
		scoring.Text{Zh: "此处仅为疑似，不是认定", En: "a suspicion, not a determination"},
	},
	KindStalled: {
		KindStalled,
		scoring.Text{Zh: "督促续建、引进合作方续建或协商转让；认定闲置后按规定处置", En: "building goes on, alone or with a partner, or the land is transferred by agreement; disposal after a determination"},
		scoring.Text{Zh: "土地使用权人同意；认定由自然资源主管部门作出", En: "the holder agrees; the natural-resources bureau determines"},
		"国土资源部令第53号", false,
		scoring.Text{Zh: "此处仅为疑似，不是认定；已动工土地不适用无偿收回", En: "a suspicion, not a determination; land that was started on is not taken back without payment"},
	},
	KindUnfinished: {
		KindUnfinished,
		scoring.Text{Zh: "督促续建、引进合作方续建或协商转让", En: "building goes on, alone or with a partner, or the land is transferred by agreement"},
		scoring.Text{Zh: "土地使用权人同意", En: "the holder agrees"},
		plan + " 三(七)2 督促企业增资扩建；支持战略合作、并购重组", true,
		scoring.Text{Zh: "未达闲置界限，低效本身不构成无偿收回的依据", En: "not within the bounds of idle land; low efficiency alone is no ground for taking land back without payment"},
	},
	KindPartly: {
		KindPartly,
		scoring.Text{Zh: "由土地使用权人建设二期后租售，或合作建设、分割转让剩余部分", En: "the holder builds the second phase to let or sell, builds together with the firm, or transfers the rest"},
		scoring.Text{Zh: "土地使用权人同意；分割须符合合同和规划条件", En: "the holder agrees; a division has to agree with contract and planning conditions"},
		plan + " 三(七)2 督促企业增资扩建二期项目", true,
		scoring.Text{},
	},
	KindVacantPlant: {
		KindVacantPlant,
		scoring.Text{Zh: "租赁或受让厂房；业主转产、转股、转让，或委托国有企业代管招商", En: "lease or purchase of the plant; the owner turns to other production, brings in shareholders, transfers, or has it managed"},
		scoring.Text{Zh: "业主同意", En: "the owner agrees"},
		plan + " 三(七)2 以转产、转股、转让等方式盘活；代管资产招商", true,
		scoring.Text{Zh: "空置情况须现场核查", En: "check on site that it stands empty"},
	},
	KindExit: {
		KindExit,
		scoring.Text{Zh: "协商转让、并购重组，或由收储机构协商收购后再供应", En: "transfer or merger by agreement, or purchase by the land reserve and supply anew"},
		scoring.Text{Zh: "土地使用权人同意，给予补偿", En: "the holder agrees and is compensated"},
		plan + " 三(七)2 建立项目引进和退出机制", true,
		scoring.Text{Zh: "疑似退出候选；低效本身不构成无偿收回的依据", En: "a suspected candidate; low efficiency alone is no ground for taking land back without payment"},
	},
	KindReserve: {
		KindReserve,
		scoring.Text{Zh: "由主管部门公开出让；工业用地须招标拍卖挂牌，不得直接指定受让人", En: "public sale by the authority; industrial land goes by tender, auction or listing, and to no named buyer"},
		scoring.Text{Zh: "自然资源主管部门", En: "the natural-resources bureau"},
		"招标拍卖挂牌出让国有建设用地使用权规定（国土资源部令第39号）", false,
		scoring.Text{},
	},
}

// ownPath is the way on land the firm owns itself.
var ownPath = Path{
	Way:      scoring.Text{Zh: "在自有用地上增资扩建、启用空置厂房或开工建设", En: "building on, or using again, what the firm owns already"},
	Consent:  scoring.Text{Zh: "企业自行决定，按规划条件报建", En: "the firm decides, with the usual permits"},
	Document: plan + " 三(七)2 督促企业增资扩建二期项目", Verified: true,
}

// pathsOf lists the ways to a lot, that of the offer that serves best first.
func (r *Ranking) pathsOf(l *lot, best int) []Path {
	if r.own[l.parcel] {
		own := ownPath
		own.Kind = l.offers[best].Kind
		return []Path{own}
	}
	paths := []Path{r.pool.path(l, best)}
	for i := range l.offers {
		if i != best {
			paths = append(paths, r.pool.path(l, i))
		}
	}
	return paths
}

// path is the way of one offer with what the file says of its state.
func (p *Pool) path(l *lot, offer int) Path {
	path := Paths[l.offers[offer].Kind]
	ps := &p.scores.Parcels[l.parcel]
	government, _ := p.snap.Parcels.At(int(l.parcel)).Contract.GovernmentCause.Get()
	switch {
	case (path.Kind == KindUnstarted || path.Kind == KindStalled) && government:
		path.note("登记为政府原因：不征闲置费，只能协商处置", "a government cause is on file: no fee, disposal only by agreement")
	case path.Kind == KindUnstarted && ps.Idle.Stage == scoring.StageTakeBack:
		path.note("疑似已满两年：认定后可依法收回，尚未认定", "suspected for two years: may be taken back once it is determined, which it is not yet")
	case path.Kind == KindSigned && ps.Idle.Type == scoring.IdleWarning:
		path.note("即将达到闲置认定年限", "the time after which it counts as idle is near")
	}
	return path
}

func (p *Path) note(zh, en string) {
	p.Note = scoring.Text{Zh: joined(p.Note.Zh, "；", zh), En: joined(p.Note.En, "; ", en)}
}

func joined(a, mark, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + mark + b
}

// stateOf names the state of land in both languages.
func stateOf(p *parcels.Parcel) scoring.Text {
	if p.State == "" {
		return scoring.Text{Zh: "未登记", En: "not on file"}
	}
	return scoring.Word("state", p.State)
}
