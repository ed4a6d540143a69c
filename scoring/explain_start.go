package scoring

// startEvidence lists what shows a start whose day nobody filed, and the buildings of an earlier holder, which show none.
func (x *explainer) startEvidence(start Start) []Operand {
	var out []Operand
	if start.shown() && start.By != StartFiled {
		by := wordOf("start", start.By)
		out = append(out, Operand{Name: "动工依据", NameEn: "Evidence of a start", Value: by.Zh, ValueEn: by.En, Source: start.Source()})
	}
	for _, i := range x.run.snap.BuildingsAt(x.p) {
		b := x.run.snap.Buildings.At(i)
		if predates(b, &x.parcel.Contract) {
			label := orElse(b.Name, b.ID)
			out = append(out, Operand{
				Name: label + " 竣工日期（早于合同和交地）", NameEn: label + " completed (before contract and hand-over)",
				Value: b.CompletedOn.String(), Source: "buildings " + b.ID + " completed_on",
			})
		}
	}
	return out
}

// noteStart says what stands in for an actual start that is not on file.
func (x *explainer) noteStart(e *Explanation, facts idleFacts) {
	start, due := facts.start, facts.due.OK()
	switch {
	case start.By == StartCompleted || start.By == StartProduced:
		if due {
			e.note("未填实际动工日期，已有竣工或投产记录，视为已动工", "no actual start on file, but completion or production is; taken as started")
		}
	case start.shown() && !start.filed():
		by := wordOf("start", start.By)
		e.note("实际动工日期未在库；%[1]s，视为已动工，不提示未动工阶段，请补录核实",
			"the actual start is not on file (%[2]s): taken as started, no stage of unstarted land is shown; please file and check it", by.Zh, by.En)
	case !start.shown() && x.oldBuildings():
		e.note("地上有合同或交地前的旧建筑，不作为动工依据", "buildings from before the contract or the hand-over stand here; they show no start")
	}
}

// oldBuildings reports whether an earlier holder's building stands on the parcel.
func (x *explainer) oldBuildings() bool {
	for _, i := range x.run.snap.BuildingsAt(x.p) {
		if predates(x.run.snap.Buildings.At(i), &x.parcel.Contract) {
			return true
		}
	}
	return false
}
