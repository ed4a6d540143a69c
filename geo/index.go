package geo

// Index is a packed Hilbert R-tree over boxes. It is immutable and safe for concurrent use; a nil Index is empty.
type Index struct {
	bounds []Bound
}
