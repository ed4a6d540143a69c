package layerfile

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// The limits of the format: names of 10 bytes, texts of 254, and file lengths counted in 16-bit words by a 32-bit number.
const (
	dbfNameBytes = 10
	dbfTextBytes = 254
	dbfNumber    = 24
	dbfPlaces    = 15
	maxSHPBytes  = 1 << 31
)

// shapefileEncoder writes .shp, .shx and .dbf into temporary files, whose headers are known last, and packs them into one archive
// with .prj, .cpg and a list of the names that had to be shortened. Further layers follow in the same archive.
type shapefileEncoder struct {
	zip     *zip.Writer
	layer   Layer
	gb      bool
	dir     string
	parts   map[string]*part
	names   []string
	bounds  orb.Bound
	records int
	words   int64 // of the .shp so far, in 16 bits
	buf     bytes.Buffer
	row     []byte
}

// part is one file of the shapefile on its way.
type part struct {
	file *os.File
	w    *bufio.Writer
}

func createZippedShapefile(f *os.File, l Layer, opt WriteOptions) (encoder, error) {
	e := &shapefileEncoder{zip: zip.NewWriter(f), parts: map[string]*part{}}
	return e, e.begin(l, opt)
}

// begin implements layered, and starts the first layer too.
func (e *shapefileEncoder) begin(l Layer, opt WriteOptions) error {
	if err := e.end(); err != nil {
		return err
	}
	switch strings.ToLower(opt.Encoding) {
	case "", "utf-8", "utf8":
		e.gb = false
	case "gb18030", "gbk":
		e.gb = true
	default:
		return fmt.Errorf("the encoding %q is not known: utf-8 or gb18030", opt.Encoding)
	}
	e.layer, e.records, e.words = l, 0, shpHeaderBytes/2
	e.bounds = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	e.names = e.shortNames()
	var err error
	if e.dir, err = os.MkdirTemp("", "muchan-shapefile-"); err != nil {
		return err
	}
	for _, ext := range []string{".shp", ".shx", ".dbf"} {
		file, err := os.Create(filepath.Join(e.dir, "layer"+ext))
		if err != nil {
			e.abandon()
			return err
		}
		e.parts[ext] = &part{file, bufio.NewWriterSize(file, 256<<10)}
	}
	e.parts[".shp"].w.Write(make([]byte, shpHeaderBytes))
	e.parts[".shx"].w.Write(make([]byte, shpHeaderBytes))
	e.parts[".dbf"].w.Write(e.dbfHeader())
	return nil
}

// create begins a member. All have the first day that an archive can name: without one, programs show a month that does not exist.
func (e *shapefileEncoder) create(name string) (io.Writer, error) {
	return e.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func (e *shapefileEncoder) encode(cells []cell, shape geo.Shape) error {
	if err := e.encodeRow(cells); err != nil {
		return err
	}
	return e.encodeShape(shape)
}

// encodeShape writes a record: outer rings clockwise, holes counter-clockwise, the opposite of a geo.Shape.
func (e *shapefileEncoder) encodeShape(shape geo.Shape) error {
	e.records++
	body := e.body(shape)
	if e.words+int64(4+len(body)/2) > maxSHPBytes {
		return unfit("the shapes pass %d bytes, the format's limit: export another format", "图形超过该格式的上限 %d 字节，请换一种格式", int64(2*maxSHPBytes))
	}
	var head [8]byte
	binary.BigEndian.PutUint32(head[:], uint32(e.words))
	binary.BigEndian.PutUint32(head[4:], uint32(len(body)/2))
	if _, err := e.parts[".shx"].w.Write(head[:]); err != nil {
		return err
	}
	binary.BigEndian.PutUint32(head[:], uint32(e.records))
	if _, err := e.parts[".shp"].w.Write(head[:]); err != nil {
		return err
	}
	e.words += int64(4 + len(body)/2)
	_, err := e.parts[".shp"].w.Write(body)
	return err
}

func (e *shapefileEncoder) body(shape geo.Shape) []byte {
	e.buf.Reset()
	var rings []orb.Ring
	points := 0
	for _, polygon := range shape {
		for _, ring := range polygon {
			rings, points = append(rings, ring), points+len(ring)
		}
	}
	if points == 0 {
		return []byte{shpNull, 0, 0, 0}
	}
	box := shape.Bound()
	e.bounds = e.bounds.Union(box)
	e.put32(shpPolygon)
	e.putFloats(box.Min[0], box.Min[1], box.Max[0], box.Max[1])
	e.put32(uint32(len(rings)))
	e.put32(uint32(points))
	from := 0
	for _, ring := range rings {
		e.put32(uint32(from))
		from += len(ring)
	}
	for _, ring := range rings {
		for k := len(ring) - 1; k >= 0; k-- {
			e.putFloats(ring[k][0], ring[k][1])
		}
	}
	return e.buf.Bytes()
}

func (e *shapefileEncoder) put32(v uint32) {
	e.buf.Write(binary.LittleEndian.AppendUint32(nil, v))
}

func (e *shapefileEncoder) putFloats(values ...float64) {
	for _, v := range values {
		e.buf.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
	}
}

func (e *shapefileEncoder) finish() error {
	if err := e.end(); err != nil {
		return err
	}
	return e.zip.Close()
}

// end writes the headers of the layer at hand, if any, and packs it.
func (e *shapefileEncoder) end() error {
	if len(e.parts) == 0 {
		return nil
	}
	defer e.abandon()
	if err := e.parts[".dbf"].w.WriteByte(0x1A); err != nil {
		return err
	}
	for _, p := range e.parts {
		if err := p.w.Flush(); err != nil {
			return err
		}
	}
	var count [4]byte
	binary.LittleEndian.PutUint32(count[:], uint32(e.records))
	if _, err := e.parts[".dbf"].file.WriteAt(count[:], 4); err != nil {
		return err
	}
	if _, err := e.parts[".shp"].file.WriteAt(e.shpHeader(e.words), 0); err != nil {
		return err
	}
	if _, err := e.parts[".shx"].file.WriteAt(e.shpHeader(int64(shpHeaderBytes/2+4*e.records)), 0); err != nil {
		return err
	}
	return e.pack()
}

func (e *shapefileEncoder) shpHeader(words int64) []byte {
	head := make([]byte, shpHeaderBytes)
	binary.BigEndian.PutUint32(head[0:], shpMagic)
	binary.BigEndian.PutUint32(head[24:], uint32(words))
	binary.LittleEndian.PutUint32(head[28:], shpVersion)
	binary.LittleEndian.PutUint32(head[32:], shpPolygon)
	if e.bounds.Min[0] <= e.bounds.Max[0] {
		for i, v := range []float64{e.bounds.Min[0], e.bounds.Min[1], e.bounds.Max[0], e.bounds.Max[1]} {
			binary.LittleEndian.PutUint64(head[36+8*i:], math.Float64bits(v))
		}
	}
	return head
}

// pack puts the parts into the archive under the layer's name.
func (e *shapefileEncoder) pack() error {
	name := e.layer.Name
	if name == "" {
		name = "layer"
	}
	for _, ext := range []string{".shp", ".shx", ".dbf"} {
		w, err := e.create(name + ext)
		if err != nil {
			return err
		}
		if _, err := e.parts[ext].file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, e.parts[ext].file); err != nil {
			return err
		}
	}
	cpg := "UTF-8"
	if e.gb {
		cpg = "GB18030"
	}
	texts := []struct{ ext, text string }{{".prj", e.layer.CRS.ESRI()}, {".cpg", cpg}, {".fields.csv", e.fieldList()}}
	for _, t := range texts {
		w, err := e.create(name + t.ext)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, t.text); err != nil {
			return err
		}
	}
	return nil
}

// abandon implements abandoner.
func (e *shapefileEncoder) abandon() {
	for _, p := range e.parts {
		p.file.Close()
	}
	clear(e.parts)
	os.RemoveAll(e.dir)
}
