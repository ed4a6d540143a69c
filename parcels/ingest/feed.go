package ingest

import (
	"context"

	"muchan/parcels"
)

// partRows is how many rows a store is handed at a time: enough that its statements cost little beside their rows, some megabytes.
const partRows = 5000

// feed hands the rows of a long file to a store while the file is read: one goroutine reads records, one judges them, and one writes. A
// nil feed takes nothing.
type feed struct {
	load    func(ctx context.Context, c parcels.Change) (parcels.Loading, error)
	head    func() (parcels.Change, error) // the change without its rows; known once the first row is
	loading parcels.Loading                // nil until the first part
	parts   chan *parcels.Rows
	done    chan struct{} // closed when the writing goroutine has ended
	err     error         // of it, once done is closed
}

func (f *feed) knows(head func() (parcels.Change, error)) {
	if f != nil {
		f.head = head
	}
}

func (f *feed) begun() bool { return f != nil && f.loading != nil }

// add hands a part over. Its error may be that of an earlier part.
func (f *feed) add(ctx context.Context, part *parcels.Rows) error {
	if f.loading == nil {
		c, err := f.head()
		if err != nil {
			return err
		}
		if f.loading, err = f.load(ctx, c); err != nil {
			return err
		}
		f.parts, f.done = make(chan *parcels.Rows), make(chan struct{})
		go f.write(ctx)
	}
	select {
	case f.parts <- part:
		return nil
	case <-f.done:
		return f.err
	}
}

func (f *feed) write(ctx context.Context) {
	defer close(f.done)
	for part := range f.parts {
		if f.err = f.loading.Add(ctx, part); f.err != nil {
			return
		}
	}
}

// end waits until all parts are written.
func (f *feed) end() error {
	if f.parts != nil {
		close(f.parts)
		<-f.done
		f.parts = nil
	}
	return f.err
}

// abandon takes back what was written.
func (f *feed) abandon() {
	if f.begun() {
		_ = f.end() // what failed is told already, or does not count
		f.loading.Abandon()
	}
}
