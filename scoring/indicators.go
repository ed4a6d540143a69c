package scoring

import "muchan/parcels"

// Measure is an indicator: one formula over another. A rule set may define its own beside I1 to I8.
type Measure struct {
	ID          string `yaml:"id"`
	Title       string `yaml:"title"`
	TitleEn     string `yaml:"title_en"`
	Unit        string `yaml:"unit"`
	Numerator   string `yaml:"numerator"`   // formula over FormulaInputs
	Denominator string `yaml:"denominator"` // the same; where it is not positive the indicator is missing
	Source      string `yaml:"source"`
	SourceEn    string `yaml:"source_en"`
	Verified    bool   `yaml:"verified"`

	num, den *formula
}

// measures are the indicators as 黄岩 published their formulas. Electricity is in MWh, and 万元 over 10 MWh (万千瓦时) is 元 per kWh.
var measures = builtIn([]Measure{
	{ID: "I1", Title: "亩均税收", TitleEn: "Tax per mu", Unit: "万元/亩", Numerator: "rated_tax_wan", Denominator: "land_mu"},
	{ID: "I2", Title: "亩均增加值", TitleEn: "Value added per mu", Unit: "万元/亩", Numerator: "value_added_wan", Denominator: "land_mu"},
	{ID: "I3", Title: "单位能耗增加值", TitleEn: "Value added per tonne of coal equivalent", Unit: "万元/吨标准煤", Numerator: "value_added_wan", Denominator: "energy_tce"},
	{ID: "I4", Title: "单位排放增加值", TitleEn: "Value added per tonne of pollutants", Unit: "万元/吨", Numerator: "value_added_wan", Denominator: "emissions_t"},
	{ID: "I5", Title: "全员劳动生产率", TitleEn: "Value added per head", Unit: "万元/人", Numerator: "value_added_wan", Denominator: "staff"},
	{ID: "I6", Title: "研发经费占营业收入比重", TitleEn: "R&D over revenue", Unit: "", Numerator: "rd_wan", Denominator: "revenue_wan"},
	{ID: "I7", Title: "亩均营业收入", TitleEn: "Revenue per mu", Unit: "万元/亩", Numerator: "revenue_wan", Denominator: "land_mu"},
	{ID: "I8", Title: "单位电耗税收", TitleEn: "Tax per kWh", Unit: "元/千瓦时", Numerator: "rated_tax_wan", Denominator: "electricity_mwh / 10"},
})

func builtIn(list []Measure) []Measure {
	for i := range list {
		if err := list[i].compile(); err != nil {
			panic(err)
		}
	}
	return list
}

func (m *Measure) compile() (err error) {
	if m.num, err = compileFormula(m.Numerator); err != nil {
		return err
	}
	m.den, err = compileFormula(m.Denominator)
	return err
}

// parts returns numerator and denominator; they are there together, and the denominator is then positive.
func (m *Measure) parts(in *indicatorInput) (num, den float64, ok bool) {
	n, okN := m.num.of(in).Get()
	d, okD := m.den.of(in).Get()
	return n, d, okN && okD && d > 0
}

// of returns the indicator; it is missing when a part is, or the denominator is not positive.
func (m *Measure) of(in *indicatorInput) parcels.Opt[float64] {
	return over(m.num.of(in), m.den.of(in))
}

// IndicatorTitle returns titles and unit of one of I1 to I8, empty for any other. RuleSet.IndicatorTitle knows those a set defines.
func IndicatorTitle(id string) (title, titleEn, unit string) { return measureIn(measures, id).titles() }

// IndicatorTitle returns an indicator's titles and unit, be it one of I1 to I8 or one the set defines; empty for an unknown one.
func (s *RuleSet) IndicatorTitle(id string) (title, titleEn, unit string) {
	if s == nil || s.Evaluation == nil {
		return IndicatorTitle(id)
	}
	return s.Evaluation.measure(id).titles()
}

// IndicatorTitle returns titles and unit of an indicator of the firm at a position in the snapshot, by the set it was rated by.
func (s *Scores) IndicatorTitle(firm int, id string) (title, titleEn, unit string) {
	return s.run.ratings[firm].set.IndicatorTitle(id)
}

func (m *Measure) titles() (title, titleEn, unit string) {
	if m == nil {
		return "", "", ""
	}
	return m.Title, orElse(m.TitleEn, m.Title), m.Unit
}

// measure finds an indicator by its ID, nil when there is none.
func (e *Evaluation) measure(id string) *Measure {
	if m := measureIn(measures, id); m != nil {
		return m
	}
	return measureIn(e.Measures, id)
}

func measureIn(list []Measure, id string) *Measure {
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
	}
	return nil
}

// bind gives every indicator of the set its measure, sorts the overrides by effect, and counts how many earlier years a run has to look at.
func (e *Evaluation) bind() {
	for i := range e.Cohorts {
		for k := range e.Cohorts[i].Indicators {
			in := &e.Cohorts[i].Indicators[k]
			in.measure = e.measure(in.ID)
			e.yearsBack = max(e.yearsBack, in.Years-1)
			if in.Base.Kind == BaseLastYear {
				e.yearsBack = max(e.yearsBack, 1)
			}
		}
	}
	for i := range e.Overrides {
		o := &e.Overrides[i]
		o.When.measure = e.measure(o.When.Indicator)
	}
	e.leaving, e.bonuses, e.reclassing = e.with("exempt", "follow_owner"), e.with("add_points"), e.with("cap_class", "floor_class", "set_class")
}

// with lists the overrides of some effects, effect by effect.
func (e *Evaluation) with(effects ...string) (list []*Override) {
	for _, effect := range effects {
		for i := range e.Overrides {
			if o := &e.Overrides[i]; o.Effect == effect {
				list = append(list, o)
			}
		}
	}
	return list
}
