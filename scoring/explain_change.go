package scoring

// CohortText names the cohort and industry group a firm was rated in. f is a position in Firms.
func (s *Scores) CohortText(f int) Text {
	c := classExplainer{t: &s.run.ratings[f], fs: &s.Firms[f]}
	return c.cohort()
}

// StepText words the k-th step of a firm's evaluation: what was done and why, and the class before and after. f is a position in
// Firms. The text names no other firm.
func (s *Scores) StepText(f, k int) Text {
	e := Explanation{}
	c := classExplainer{e: &e, t: &s.run.ratings[f], fs: &s.Firms[f]}
	c.step(&s.Firms[f].Steps[k])
	o := e.Inputs[0]
	value := Text{o.Value, orElse(o.ValueEn, o.Value)}
	return Text{o.Name, o.NameEn}.between("，", ", ", value)
}

// ExitTests runs the exit tests on a parcel, a position in Parcels, whether it is a candidate or not. why says why the parcel is not
// tested, or why it is no candidate in spite of what it fails; it is empty for a candidate and for one that fails too little.
func (s *Scores) ExitTests(p int) (tests []Test, why Text) {
	v := s.run.tryExit(p)
	return v.Tests, v.why()
}
