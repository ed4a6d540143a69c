package report

// drawPlace draws what everybody may see: map, facts, zones, boundary points.
func (d *Dossier) drawPlace(s *sheet) {
	s.heading("位置与界址")
	if d.site != nil {
		s.drawMap(d.site)
	} else {
		s.paragraph(normal, quiet, s.say("没有可绘的界址：宗地未上图，或位于本系统所用投影带之外。"))
	}
	s.heading("基本情况")
	s.facts(append(d.facts, d.zones...))
	if len(d.points) > 0 {
		s.heading("界址点成果（%d 点）", len(d.points))
		s.boundaryTable(d.points)
	}
}

// draw draws the viewer's sections, and between them those of an analyst, which are nil for a viewer.
func (v *viewerPart) draw(s *sheet, a *analystPart) {
	s.heading("疑似问题")
	s.lead(small, alarm, s.say(suspected))
	v.drawFlags(s)
	s.heading("指标")
	s.facts(v.metrics)
	if a != nil {
		a.drawExit(s)
	}
	s.heading("出让合同履行")
	s.table(normal, []column{{"节点", 1, false}, {"约定日期", 1, false}, {"实际日期", 1, false}, {"比较", 1.4, false}}, v.timeline)
	if a != nil {
		s.facts(a.contract)
	}
	v.drawBuildings(s)
	if a != nil {
		a.drawFirms(s)
	}
	v.drawYears(s)
	if len(v.lineage) > 0 {
		s.heading("分割与合并")
		s.facts(v.lineage)
	}
	if a != nil {
		a.drawCases(s)
	}
	v.drawTold(s)
}

func (v *viewerPart) drawFlags(s *sheet) {
	if len(v.flags) == 0 {
		s.paragraph(normal, ink, s.say("依现行规则未见疑似问题。"))
	}
	for _, f := range v.flags {
		s.need(14)
		s.gap(0.8)
		s.paragraph(normal, ink, "■ "+f.title)
		for _, line := range f.lines {
			s.indented(4, small, quiet, line)
		}
	}
	if len(v.negatives) > 0 {
		s.gap(1)
		s.paragraph(small, quiet, s.say("已查而未见——")+s.joined("；", v.negatives...))
	}
}

func (v *viewerPart) drawBuildings(s *sheet) {
	s.heading("建筑物（%d 幢）", len(v.buildings))
	if len(v.buildings) == 0 {
		s.paragraph(normal, quiet, s.say("没有登记的建筑物。"))
		return
	}
	s.table(small, []column{
		{"名称和编号", 1.3, false},
		{"用途", 0.6, false},
		{"层数", 0.5, true},
		{"各层建筑面积/层高", 2.3, false},
		{"建筑面积", 1.1, true},
		{"基底面积", 1.1, true},
		{"竣工", 0.9, false},
		{"空置", 1.1, false},
	}, v.buildings)
}

func (v *viewerPart) drawYears(s *sheet) {
	if len(v.years) == 0 {
		return
	}
	s.heading("历年情况")
	columns := []column{{"年度", 1, false}, {"等级（按现行规则重算）", 1.4, false}}
	if v.exact {
		columns = append(columns, column{"亩均税收 (万元/亩)", 1.2, true}, column{"亩均产值 (万元/亩)", 1.2, true}, column{"亩均增加值 (万元/亩)", 1.2, true})
	}
	s.table(small, columns, v.years)
}

// drawTold closes with where every number comes from.
func (v *viewerPart) drawTold(s *sheet) {
	s.heading("数据来源与计算")
	for _, t := range v.told {
		s.need(12)
		s.gap(0.8)
		s.paragraph(normal, ink, t.title+s.say("：")+t.value)
		for _, line := range []fact{{"公式", t.formula}, {"数据", t.inputs}, {"规则", t.rule}, {"说明", t.note}} {
			if line.value != "" {
				s.indented(4, small, quiet, s.say(line.name)+s.say("　")+line.value)
			}
		}
	}
}

func (a *analystPart) drawExit(s *sheet) {
	if a.exit == nil {
		return
	}
	s.heading("退出检验")
	s.paragraph(normal, ink, a.exit.verdict)
	if len(a.exit.tests) > 0 {
		s.gap(1)
		s.table(small, []column{
			{"检验", 1.2, false}, {"单位", 0.7, false}, {"值", 0.8, true}, {"阈值", 0.8, true}, {"结果", 0.7, false}, {"依据和说明", 3.8, false},
		}, a.exit.tests)
	}
	if len(a.exit.paths) > 0 {
		s.table(small, []column{{"处置路径", 1.1, false}, {"适用", 0.7, false}, {"理由", 2.6, false}, {"依据", 2.6, false}}, a.exit.paths)
	}
}

func (a *analystPart) drawFirms(s *sheet) {
	s.heading("用地企业（%d 家）", len(a.firms))
	if len(a.firms) == 0 {
		s.paragraph(normal, quiet, s.say("本年度没有登记的用地企业。"))
		return
	}
	s.table(small, []column{
		{"企业", 1.8, false},
		{"统一社会信用代码", 1.5, false},
		{"行业", 0.6, false},
		{"方式", 0.6, false},
		{"份额", 0.7, true},
		{"用地(亩)", 0.8, true},
		{"税收", 1, true},
		{"等级", 0.7, false},
		{"得分", 0.7, true},
		{"名次", 0.8, true},
	}, a.firms)
	for _, r := range a.ratings {
		if len(r.items) == 0 && len(r.steps) == 0 {
			continue
		}
		s.lead(normal, ink, s.say("评价得分　")+r.firm)
		if len(r.items) > 0 {
			s.table(small, []column{{"指标", 2.2, false}, {"单位", 1, false}, {"值", 1.4, true}, {"基准", 1, true}, {"权重", 0.7, true}, {"得分", 0.8, true}}, r.items)
		}
		for _, step := range r.steps {
			s.indented(4, small, quiet, step)
		}
	}
}

func (a *analystPart) drawCases(s *sheet) {
	s.heading("处置台账")
	if len(a.cases) == 0 {
		s.paragraph(normal, quiet, s.say("没有立案。"))
	}
	for _, c := range a.cases {
		s.lead(normal, ink, c.title)
		s.table(small, []column{{"序号", 0.5, true}, {"办理", 1, false}, {"日期", 1, false}, {"期限", 1, false}, {"经办", 0.9, false}, {"说明", 4, false}}, c.acts)
	}
}
