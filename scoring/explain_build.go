package scoring

import (
	"fmt"
	"strings"

	"muchan/parcels"
)

func (x *explainer) buildMetrics() []Explanation {
	return []Explanation{x.far(), x.density(), x.coefficient(), x.office(), x.investment(), x.vacancy()}
}

// buildings lists one operand for each building of the parcel.
func (x *explainer) buildings(zh, en, unit, column string, value func(*parcels.Building) string) []Operand {
	var out []Operand
	for _, i := range x.run.snap.BuildingsOn(x.parcel.Code) {
		b := x.run.snap.Buildings.At(i)
		label := b.ID
		if b.Name != "" {
			label = b.Name
		}
		out = append(out, Operand{Name: label + " " + zh, NameEn: label + " " + en, Value: value(b), Unit: unit, Source: "buildings " + b.ID + " " + column})
	}
	return out
}

func (x *explainer) landM2() Operand {
	o := x.landOperand()
	o.Unit, o.Value = "m²", realText(x.site.land(), "m²")
	return o
}

func (x *explainer) noteBuildings(e *Explanation) {
	switch missing := x.site.buildings - x.site.withStoreys; {
	case x.site.buildings == 0:
		e.note("无建筑记录", "no building is on file")
	case missing > 0:
		e.note("不完整：%d 幢中 %d 幢缺分层面积", "partial: of %d buildings %d have no storeys on file", x.site.buildings, missing)
	}
	if x.site.lowConfidence > 0 {
		e.note("%d 层层高未知，按不加倍计", "the height of %d storeys is unknown; they count once", x.site.lowConfidence)
	}
}

func (x *explainer) far() Explanation {
	e := Explanation{
		ID: "far", Title: "容积率", TitleEn: "Floor-area ratio", Value: x.ps.FAR,
		Formula: "Σ计容建筑面积 ÷ 用地面积；层高超过 8 米的该层加倍", FormulaEn: "Σ floor area ÷ land; a storey higher than 8 m counts twice",
		Clause: "当建筑物层高超过8米，在计算容积率时该层建筑面积加倍计算（工业项目建设用地控制指标）",
		Inputs: x.buildings("分层面积@层高", "storeys", "m²@m", "storeys", storeysText),
	}
	e.Inputs = append(e.Inputs,
		Operand{Name: "建筑面积", NameEn: "Floor area", Value: realText(x.ps.FloorM2, "m²"), Unit: "m²"},
		Operand{Name: "计容建筑面积", NameEn: "Floor area for the ratio", Value: realText(x.ps.FARM2, "m²"), Unit: "m²"}, x.landM2())
	x.noteBuildings(&e)
	return e
}

func storeysText(b *parcels.Building) string {
	parts := make([]string, len(b.Storeys))
	for i, s := range b.Storeys {
		parts[i] = textOf(s.FloorM2, "m²") + "@" + textOf(s.HeightM, "m")
	}
	return strings.Join(parts, ";")
}

func (x *explainer) density() Explanation {
	e := Explanation{
		ID: "density", Title: "建筑密度", TitleEn: "Building density", Unit: "%", Value: percent(x.ps.Density),
		Formula: "建筑基底面积 ÷ 用地面积；相接的基底先合并", FormulaEn: "footprints ÷ land; touching footprints are united first",
		Inputs: []Operand{
			{Name: "建筑基底面积", NameEn: "Footprint", Value: realText(x.ps.FootprintM2, "m²"), Unit: "m²", Source: fmt.Sprintf("buildings (%d) shape", x.site.buildings)}, x.landM2(),
		},
	}
	if x.site.buildings == 0 {
		e.note("无建筑记录", "no building is on file")
	}
	return e
}

func (x *explainer) coefficient() Explanation {
	e := Explanation{
		ID: "coefficient", Title: "建筑系数", TitleEn: "Building coefficient", Unit: "%", Value: percent(x.ps.Coefficient),
		Formula: "(建筑基底 + 构筑物 + 堆场) ÷ 用地面积", FormulaEn: "(footprints + structures + open yards) ÷ land",
		Clause: "工业项目建设用地控制指标：建筑系数",
		Inputs: []Operand{
			{Name: "建筑基底面积", NameEn: "Footprint", Value: realText(x.ps.FootprintM2, "m²"), Unit: "m²", Source: fmt.Sprintf("buildings (%d) shape", x.site.buildings)},
			x.column("works_area_m2", realText(x.parcel.WorksAreaM2, "m²")), x.column("yard_area_m2", realText(x.parcel.YardAreaM2, "m²")), x.landM2(),
		},
	}
	if x.site.buildings == 0 {
		e.note("无建筑记录", "no building is on file")
	}
	if e.Value.OK() && (!x.parcel.WorksAreaM2.OK() || !x.parcel.YardAreaM2.OK()) {
		e.note("构筑物或堆场面积未填，未计入", "structures or yards are not on file and not counted")
	}
	return e
}

func (x *explainer) office() Explanation {
	e := Explanation{
		ID: "office_share", Title: "行政办公及生活服务设施用地所占比重", TitleEn: "Office and service land", Unit: "%", Value: percent(x.ps.OfficeShare),
		Formula: "行政办公及生活服务设施用地 ÷ 用地面积", FormulaEn: "office and service land ÷ land",
		Clause: "工业项目建设用地控制指标：行政办公及生活服务设施用地所占比重",
		Inputs: []Operand{x.column("office_land_m2", realText(x.parcel.OfficeLandM2, "m²")), x.landM2()},
	}
	if !x.parcel.OfficeLandM2.OK() {
		e.Formula, e.FormulaEn = "办公、宿舍、配套建筑面积 ÷ 建筑面积", "floor area of offices, dormitories and services ÷ floor area"
		e.Inputs = append(x.buildings("分层面积@层高", "storeys", "m²@m", "storeys", storeysText),
			Operand{Name: "其中办公、宿舍、配套", NameEn: "of which offices, dormitories, services", Value: realText(someIf(x.site.officeM2, x.site.withStoreys > 0), "m²"), Unit: "m²"},
			Operand{Name: "建筑面积", NameEn: "Floor area", Value: realText(x.ps.FloorM2, "m²"), Unit: "m²"})
		if x.site.buildings == 0 {
			e.note("无建筑记录", "no building is on file")
			return e
		}
		e.note("未单独划分用地，按建筑面积比例推算", "the land is not set apart; the share of floor area stands in")
	}
	return e
}

func (x *explainer) investment() Explanation {
	e := Explanation{
		ID: "fai_per_mu", Title: "投资强度", TitleEn: "Investment intensity", Unit: "万元/亩", Value: x.ps.FAIPerMu,
		Formula: "累计固定资产投资（含厂房、设备和地价款）÷ 用地面积", FormulaEn: "fixed-asset investment (plant, equipment and land price) ÷ land",
		Clause: "工业项目建设用地控制指标：固定资产投资强度",
		Inputs: []Operand{x.column("fai_wan", wanText(x.parcel.Contract.FAIWan)), x.landOperand()},
	}
	if !x.parcel.Contract.FAIWan.OK() {
		e.note("缺累计固定资产投资", "the investment to date is not on file")
	}
	return e
}

func (x *explainer) vacancy() Explanation {
	e := Explanation{
		ID: "vacant_share", Title: "空置率", TitleEn: "Vacant share", Unit: "%", Value: percent(x.ps.VacantShare),
		Formula: "空置建筑面积 ÷ 建筑面积", FormulaEn: "vacant floor area ÷ floor area",
		Inputs: append(x.buildings("空置建筑面积", "vacant floor area", "m²", "vacant_m2", func(b *parcels.Building) string { return realText(b.VacantM2, "m²") }),
			Operand{Name: "建筑面积", NameEn: "Floor area", Value: realText(x.ps.FloorM2, "m²"), Unit: "m²"}),
	}
	if n := x.site.buildings - x.site.withVacancy; n > 0 && x.site.withVacancy > 0 {
		e.note("不完整：%d 幢中 %d 幢未填空置面积，按不空置计", "partial: of %d buildings %d have no vacancy on file and count as used", x.site.buildings, n)
	}
	return e
}
