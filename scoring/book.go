package scoring

// Book is the collection of rule sets a run may choose from.
type Book struct {
	Sets []RuleSet
}
