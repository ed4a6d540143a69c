package scoring

// LowUseRules are the types of low-efficiency land (低效用地) that a county named, and the plan's 未满额建设.
type LowUseRules struct {
	// Unfinished: developed beyond DevelopedAbove and invested beyond InvestedAbove, not completed, standing still for StoppedYears.
	// AtLimit counts exactly the two shares as beyond, so that no stopped site falls between this type and idle type 2.
	DevelopedAbove   Ratio  `yaml:"developed_above"`
	InvestedAbove    Ratio  `yaml:"invested_above"`
	AtLimit          bool   `yaml:"at_limit"`
	StoppedYears     int    `yaml:"stopped_years"`
	UnfinishedClause string `yaml:"unfinished_clause"`
	// Overdue: begun, and not completed for more than this many years after the agreed completion; 0 where the set has no such type.
	OverdueYears    int    `yaml:"overdue_years"`
	OverdueDocument string `yaml:"overdue_document"` // what OverdueClause is of, where it is another document than the set's
	OverdueClause   string `yaml:"overdue_clause"`
	// Partly built: floor area below this share of the agreed floor area, or of what the least floor-area ratio asks for.
	BuiltBelow   Ratio  `yaml:"built_below"`
	PartlyClause string `yaml:"partly_built_clause"`
	// PartlyDocument is what PartlyClause is of, where it is another document than the set's.
	PartlyDocument string `yaml:"partly_built_document"`
	// Low output: not producing after the agreed day, no tax for this many years running, or below this share of the agreed tax.
	NoTaxYears   int    `yaml:"no_tax_years"`
	TaxBelow     Ratio  `yaml:"tax_below"`
	OutputClause string `yaml:"low_output_clause"`
	// Low intensity: a floor-area ratio below this share of the contract's upper limit.
	IntensityBelow    Ratio  `yaml:"intensity_below"`
	IntensityClause   string `yaml:"low_intensity_clause"`
	IntensitySource   string `yaml:"low_intensity_source"`
	IntensitySourceEn string `yaml:"low_intensity_source_en"`
	BadFaithClause    string `yaml:"bad_faith_clause"`

	partlyRef, overdueRef *RuleRef // the set's, with PartlyDocument and OverdueDocument
}

// maxTaxYears bounds how many years a rule may look back.
const maxTaxYears = 10

func (c *checker) lowUse() {
	r := c.set.LowUse
	c.share("low_use.developed_above", r.DevelopedAbove)
	c.share("low_use.invested_above", r.InvestedAbove)
	c.share("low_use.built_below", r.BuiltBelow)
	c.share("low_use.tax_below", r.TaxBelow)
	c.share("low_use.intensity_below", r.IntensityBelow)
	if r.StoppedYears < 1 || r.StoppedYears > 100 {
		c.say("low_use.stopped_years", Text{"stopped_years 须为 1 至 100 的年数", "stopped_years must be a number of years from 1 to 100"})
	}
	if r.OverdueYears < 0 || r.OverdueYears > 100 {
		c.say("low_use.overdue_years", Text{"overdue_years 须在 0 至 100 之间", "overdue_years must lie between 0 and 100"})
	}
	if r.NoTaxYears < 1 || r.NoTaxYears > maxTaxYears {
		c.say("low_use.no_tax_years", Text{"no_tax_years 须为 1 至 %d 的年数", "no_tax_years must be a number of years from 1 to %d"}, maxTaxYears)
	}
}
