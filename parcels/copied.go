package parcels

// blockOfRows is how many rows are copied at a time: some 100 kB. The runtime can neither take the processor away from a copy, nor collect
// garbage, before the copy is done, and 10^5 parcels are 80 MB: a server's readers would all wait for it. Between blocks it can; to give way
// there unasked would put the copy behind every reader instead.
const blockOfRows = 256

// Copied is a copy of rows, made in blocks by two processors at once.
func Copied[T any](rows []T) []T {
	out, half := make([]T, len(rows)), len(rows)/2
	together(func() { copyInBlocks(out[:half], rows[:half]) }, func() { copyInBlocks(out[half:], rows[half:]) })
	return out
}

// joined are rows one after another, copied in blocks.
func joined[T any](parts ...[]T) []T {
	n := 0
	for _, part := range parts {
		n += len(part)
	}
	out := make([]T, n)
	rest := out
	for _, part := range parts {
		copyInBlocks(rest, part)
		rest = rest[len(part):]
	}
	return out
}

func copyInBlocks[T any](to, from []T) {
	for at := 0; at < len(from); at += blockOfRows {
		copy(to[at:], from[at:min(at+blockOfRows, len(from))])
	}
}
