package scoring

// AdmissionRules are what a project must promise to be let in (准入).
type AdmissionRules struct{}

func (c *checker) admission() {}
