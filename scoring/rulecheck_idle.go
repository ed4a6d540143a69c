package scoring

import "muchan/parcels"

func (c *checker) idle() {
	r := c.set.Idle
	years := []struct {
		key string
		n   int
	}{
		{"unstarted_years", r.UnstartedYears},
		{"take_back_years", r.TakeBackYears},
		{"suspended_years", r.SuspendedYears},
		{"handover_plus_years", r.HandoverPlusYears},
	}
	for _, y := range years {
		if y.n < 1 || y.n > 100 {
			c.say("idle."+y.key, Text{"%s 须为 1 至 100 的年数", "%s must be a number of years from 1 to 100"}, y.key)
		}
	}
	if r.TakeBackYears < r.UnstartedYears {
		c.say("idle.take_back_years", Text{"take_back_years 早于 unstarted_years", "take_back_years comes before unstarted_years"})
	}
	if r.WarningDays < 0 || r.WarningDays > 3660 {
		c.say("idle.warning_days", Text{"warning_days 须在 0 至 3660 之间", "warning_days must lie between 0 and 3660"})
	}
	for _, limit := range []struct {
		key  string
		n    int
		most int
	}{{"extend_years", r.ExtendYears, 100}, {"temporary_years", r.TemporaryYears, 100}, {"procedure_days", r.ProcedureDays, 3660}} {
		if limit.n < 0 || limit.n > limit.most {
			c.say("idle."+limit.key, Text{"%s 须在 0 至 %d 之间", "%s must lie between 0 and %d"}, limit.key, limit.most)
		}
	}
	for i, state := range r.StartStates {
		c.oneOf(item("idle.start_states", i), state, parcels.ParcelStates)
	}
	if r.StartFloor.Num > r.StartFloor.Den {
		c.say("idle.start_floor", Text{"start_floor 须为 0 至 1 之间的比例", "start_floor must be a share between 0 and 1"})
	}
	c.share("idle.fee", r.Fee)
	c.share("idle.developed_below", r.DevelopedBelow)
	c.share("idle.invested_below", r.InvestedBelow)
}

func (c *checker) idlePlant() {
	r := c.set.IdlePlant
	c.share("idle_plant.vacant_share", r.VacantShare)
	if r.Months < 0 || r.Months > 1200 {
		c.say("idle_plant.months", Text{"months 须在 0 至 1200 之间", "months must lie between 0 and 1200"})
	}
	for _, limit := range []struct {
		key     string
		n, most int
	}{{"signals", r.Signals, len(unusedSignals)}, {"confirm_signals", r.Confirm, len(unusedSignals)}, {"check_months", r.CheckMonths, 1200}} {
		if limit.n < 0 || limit.n > limit.most {
			c.say("idle_plant."+limit.key, Text{"%s 须在 0 至 %d 之间", "%s must lie between 0 and %d"}, limit.key, limit.most)
		}
	}
	for i, use := range r.Uses {
		c.oneOf(item("idle_plant.uses", i), use, parcels.BuildingUses)
	}
}
