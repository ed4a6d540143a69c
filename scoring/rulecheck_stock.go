package scoring

func (c *checker) stock() {
	r := c.set.Stock
	c.oneOf("stock.metric", r.Metric, stockMetrics)
	c.oneOf("stock.aggregate", r.Aggregate, []string{"mean", "min", "each"})
	if r.Years < 1 || r.Years > 10 {
		c.say("stock.years", "years must lie between 1 and 10")
	}
	c.number("stock.small_below_mu", r.SmallMu, 0)
	c.uses("stock.uses", r.Uses)
	if len(r.Bands) == 0 {
		c.say("stock.bands", "bands are missing")
	}
	for i, b := range r.Bands {
		c.number(item("stock.bands", i)+".from", b.From, -1e12)
		if i > 0 && b.From <= r.Bands[i-1].From {
			c.say(item("stock.bands", i), "bands must ascend")
		}
		c.number(item("stock.bands", i)+".max_far", b.MaxFAR, 0)
		if b.Open && b.MaxFAR == 0 {
			c.say(item("stock.bands", i), "a band that is open upward needs max_far to say from where")
		}
	}
}
