package scoring

// LowUseRules are the types of low-efficiency land (低效用地).
type LowUseRules struct{}

func (c *checker) lowUse() {}
