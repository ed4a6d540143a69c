package scoring

// RuleSet is one versioned set of parameters with its authority, document and validity.
type RuleSet struct {
	ID string
}
