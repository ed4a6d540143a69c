package scoring

// ZoneRules are the indicators of a development zone's land use (开发区土地集约利用评价).
type ZoneRules struct{}

func (c *checker) zone() {}
