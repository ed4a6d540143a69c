package scoring

import "slices"

// ZoneRules are the indicators of a development zone's land use (开发区土地集约利用评价, TD/T 1029).
type ZoneRules struct {
	IndustrialUses map[string][]string `yaml:"industrial_uses"` // 工矿仓储: land-use scheme to code prefixes
	Clause         string              `yaml:"clause"`
	Ideals         []ZoneIdeal         `yaml:"ideals"`     // empty where none was found: no score then
	Benchmarks     []ZoneBenchmark     `yaml:"benchmarks"` // of other zones, as context only
}

// ZoneIdeal is the value an indicator is standardised by. Shares are fractions, money is in 万元/公顷.
type ZoneIdeal struct {
	Indicator string  `yaml:"indicator"`
	Ideal     float64 `yaml:"ideal"`
	Weight    float64 `yaml:"weight"`
	Source    string  `yaml:"source"`
	SourceEn  string  `yaml:"source_en"`
	Verified  bool    `yaml:"verified"`
}

// ZoneBenchmark is a published value of other zones, in the unit of ZoneIdeal.
type ZoneBenchmark struct {
	Indicator string  `yaml:"indicator"`
	Value     float64 `yaml:"value"`
	Of        string  `yaml:"of"`
	OfEn      string  `yaml:"of_en"`
	Source    string  `yaml:"source"`
	SourceEn  string  `yaml:"source_en"`
	Verified  bool    `yaml:"verified"`
}

func (c *checker) zone() {
	r := c.set.Zone
	c.uses("zone.industrial_uses", r.IndustrialUses)
	known := func(id string) bool {
		return slices.ContainsFunc(zoneRatios, func(z zoneRatio) bool { return z.id == id })
	}
	seen := map[string]bool{}
	for i, ideal := range r.Ideals {
		path := item("zone.ideals", i)
		if !known(ideal.Indicator) || seen[ideal.Indicator] {
			c.say(path+".indicator", Text{"%q 不认识，或出现两次", "%q is unknown or stands twice"}, ideal.Indicator)
		}
		if seen[ideal.Indicator] = true; ideal.Ideal <= 0 {
			c.say(path+".ideal", Text{"理想值须大于 0", "an ideal value must be above 0"})
		}
		c.number(path+".ideal", ideal.Ideal, 0)
		c.number(path+".weight", ideal.Weight, 0)
	}
	for i, b := range r.Benchmarks {
		if !known(b.Indicator) {
			c.say(item("zone.benchmarks", i)+".indicator", Text{"%q 不是园区指标", "%q is no zone indicator"}, b.Indicator)
		}
		c.number(item("zone.benchmarks", i)+".value", b.Value, 0)
	}
}
