package scoring

func (c *checker) stock() {
	r := c.set.Stock
	c.oneOf("stock.metric", r.Metric, stockMetrics)
	c.oneOf("stock.aggregate", r.Aggregate, []string{"mean", "min", "each"})
	if r.Years < 1 || r.Years > 10 {
		c.say("stock.years", Text{"years 须在 1 至 10 之间", "years must lie between 1 and 10"})
	}
	c.number("stock.small_below_mu", r.SmallMu, 0)
	c.uses("stock.uses", r.Uses)
	if len(r.Bands) == 0 {
		c.say("stock.bands", Text{"缺档位 bands", "bands are missing"})
	}
	for i, b := range r.Bands {
		c.number(item("stock.bands", i)+".from", b.From, -1e12)
		if i > 0 && b.From <= r.Bands[i-1].From {
			c.say(item("stock.bands", i), Text{"档位重叠或次序有误：%v 排在 %v 之后", "the bands overlap or leave their order: from %v after %v"}, b.From, r.Bands[i-1].From)
		}
		c.number(item("stock.bands", i)+".max_far", b.MaxFAR, 0)
		if b.Open && b.MaxFAR == 0 {
			c.say(item("stock.bands", i), Text{"向上不封顶的档位须以 max_far 说明起点", "a band that is open upward needs max_far to say from where"})
		}
	}
}

// adviseStock looks for benefit that no band takes and bands that cannot be told apart. Bands that overlap do not ascend and are
// refused.
func (c *checker) adviseStock() {
	r := c.set.Stock
	if len(r.Bands) > 0 && r.Bands[0].From > 0 {
		c.say("stock.bands.0.from", Text{"有缺口：效益低于 %v 的没有档位", "a gap: benefit below %v has no band"}, r.Bands[0].From)
	}
	named := map[string]bool{}
	for i, b := range r.Bands {
		if named[b.ID] {
			c.say(item("stock.bands", i), Text{"档位 %s 出现两次", "the band %s stands twice"}, b.ID)
		}
		named[b.ID] = true
	}
	if r.SmallMu > 0 && !named[r.SmallBand] {
		c.say("stock.small_band", Text{"%q 不是所列档位之一", "%q is not one of the bands"}, r.SmallBand)
	}
	if r.LowBand != "" && !named[r.LowBand] {
		c.say("stock.low_band", Text{"%q 不是所列档位之一", "%q is not one of the bands"}, r.LowBand)
	}
}
