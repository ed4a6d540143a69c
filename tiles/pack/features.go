package pack

// features writes a run of features. It looks for what came before where one ends and the next begins, and in the tags up to the geometry's
// first bytes: numbers of shared values stand together there. Identifiers and geometry are like nothing before them.
func (p *packer) features(tile []byte, at, end int) {
	const behindTags = 5 // the type, and a polygon's first bytes
	for done := at; ; {
		if at == end {
			p.literals(tile[done:end])
			return
		}
		first, next, _ := field(tile, at, end) // split has read it
		if from, to, ok := tagsOf(tile, first, next); ok {
			done = p.search(tile, done, max(at-2, done), first+1)
			done = p.search(tile, done, max(from, done), min(to+behindTags, next))
		}
		at = next
	}
}

// tagsOf finds the field of a feature's tags, where it stands first or behind the identifier.
func tagsOf(tile []byte, at, end int) (from, to int, ok bool) {
	if at < end && tile[at] == featureID {
		for at++; at < end && tile[at] >= 1<<7; {
			at++
		}
		at++
	}
	if at >= end || tile[at] != featureTags {
		return 0, 0, false
	}
	_, to, ok = field(tile, at, end)
	return at, to, ok
}
