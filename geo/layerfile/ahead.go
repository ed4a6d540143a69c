package layerfile

import (
	"errors"
	"io"
)

// The reader ahead holds at most (aheadDepth+2)·aheadRows records beside the one that is used: enough that neither side waits for the
// other at each record, little beside a file.
const (
	aheadRows  = 128
	aheadDepth = 2
)

// Ahead reads a file in a goroutine of its own, some records ahead of its caller, so that decoding one record and judging another keep two
// processors busy. It takes the reader over: Close ends the goroutine and closes the reader. Info is that of the beginning until Next
// returned io.EOF.
func Ahead(r Reader) Reader {
	a := &aheadReader{r: r, info: r.Info(), batches: make(chan []outcome, aheadDepth), stop: make(chan struct{}), done: make(chan struct{})}
	go a.read()
	return a
}

// outcome is what one call of Next gave.
type outcome struct {
	rec Record
	err error
}

type aheadReader struct {
	r       Reader
	info    Info
	batches chan []outcome
	stop    chan struct{} // closed by Close
	done    chan struct{} // closed when the goroutine has left the reader

	batch []outcome
	last  error // what ended the file, again for whoever asks again
}

// read reads until the file ends or Close is called.
func (a *aheadReader) read() {
	defer close(a.done)
	defer close(a.batches)
	for ended := false; !ended; {
		batch := make([]outcome, 0, aheadRows)
		var values []any // of the batch in one piece, since each record owns its own here
		for len(batch) < aheadRows && !ended {
			rec, err := a.r.Next()
			at := len(values)
			values = append(values, rec.Values...)
			rec.Values = values[at:len(values):len(values)]
			batch = append(batch, outcome{rec, err})
			ended = ends(err)
		}
		select {
		case a.batches <- batch:
		case <-a.stop:
			return
		}
	}
}

// ends tells an error after which nothing can be read.
func ends(err error) bool {
	var e *Error
	return err != nil && (!errors.As(err, &e) || e.Fatal)
}

func (a *aheadReader) Layer() Layer { return a.r.Layer() }

func (a *aheadReader) Info() Info { return a.info }

// Next implements Reader. The values of a record stay valid.
func (a *aheadReader) Next() (Record, error) {
	if a.last != nil {
		return Record{}, a.last
	}
	if len(a.batch) == 0 {
		a.batch = <-a.batches
	}
	next := a.batch[0]
	a.batch = a.batch[1:]
	if ends(next.err) {
		<-a.done
		a.last = next.err
		if errors.Is(next.err, io.EOF) {
			a.info = a.r.Info()
		}
	}
	return next.rec, next.err
}

// Close implements Reader.
func (a *aheadReader) Close() error {
	close(a.stop)
	<-a.done
	return a.r.Close()
}
