package layerfile

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"

	"muchan/geo"
)

// SQLite locks a connection three times to give one value of a row to a program, which took a quarter of reading a GeoPackage. It hands the
// arguments of a function over without: so a row's values go to a function of ours, and the query gives that function's result alone.

// takeFunction takes the number of a reader and a row's values, the shape last where there is one. It gives how many rows it has taken for
// that reader.
const takeFunction = "muchan_take"

// mostTaken is how many arguments SQLite gives a function, less some.
const mostTaken = 900

// gpkgDriver is SQLite with the function. The driver package keeps functions for the life of the program, so it is registered once, and not
// where others see it; files that name it are not asked for anything by which they could call it.
var gpkgDriver = sync.OnceValue(func() *sqlite.Driver {
	d := &sqlite.Driver{}
	d.MustRegisterFunction(takeFunction, &sqlite.FunctionImpl{NArgs: -1, Scalar: take, VolatileArgs: true})
	return d
})

// gpkgConnector opens connections with the function.
type gpkgConnector struct{ address string }

// Connect implements driver.Connector.
func (c gpkgConnector) Connect(context.Context) (driver.Conn, error) {
	return gpkgDriver().Open(c.address)
}

// Driver implements driver.Connector.
func (c gpkgConnector) Driver() driver.Driver { return gpkgDriver() }

// takers are the readers that are open, by number.
var (
	takers    sync.Map
	lastTaker atomic.Int64
)

// taken is the row that was taken last.
type taken struct {
	reader int64 // its number
	rows   int
	failed error // of a value
	column int   // whose it is
	drawn  geo.Shape
	shape  error // of the shape
}

// take is the function. Its texts and blobs are SQLite's own and over when it returns.
func take(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	if len(args) == 0 {
		return nil, errors.New("no reader is named")
	}
	number, _ := args[0].(int64)
	of, open := takers.Load(number)
	if !open {
		return nil, fmt.Errorf("there is no reader %d", number)
	}
	r := of.(*gpkgReader)
	r.taken.rows++
	r.take(args[1:])
	return int64(r.taken.rows), nil
}

func (r *gpkgReader) take(values []driver.Value) {
	t := &r.taken
	t.failed, t.drawn, t.shape = nil, nil, nil
	for i := range r.table.columns {
		v, err := r.valueOf(values[i], r.table.columns[i].kind)
		if text, ok := v.(string); ok {
			v = strings.Clone(text)
		}
		if err != nil && t.failed == nil {
			t.failed, t.column = err, i
		}
		r.values[i] = v
	}
	if !r.layer.HasShape || t.failed != nil {
		return
	}
	if blob, ok := values[len(values)-1].([]byte); ok {
		t.drawn, t.shape = decodeGPB(blob)
	}
}

// fillTaken makes a record of the row that was taken.
func (r *gpkgReader) fillTaken(rec *Record) error {
	switch {
	case r.taken.failed != nil:
		return r.unreadable(rec, r.taken.column, r.taken.failed)
	case r.taken.drawn == nil && r.taken.shape == nil:
		return nil
	}
	return r.place(rec, r.taken.drawn, r.taken.shape)
}

// takesAll tells whether the rows can be taken. Were they sorted, all would be taken before the first is given; then they are asked for in the
// usual way.
func (r *gpkgReader) takesAll() bool { return !r.wary && !r.apart && len(r.table.columns) < mostTaken }
