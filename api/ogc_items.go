package api

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/klauspost/compress/gzip"

	"muchan/geo"
	"muchan/tiles/layers"
)

// The parameters of items beside the collection's own fields.
var (
	limitParam  = param{name: "limit", kind: integerParam, min: 1, max: maxRows, clamp: true, standard: "100", doc: words{"每页要素数", "features per page"}}
	offsetParam = param{name: "offset", kind: integerParam, min: 0, max: 100_000_000, doc: words{"由 next 链接给出", "given by the next link"}}
	boxParam    = param{name: "bbox", kind: bboxParam, doc: words{"西,南,东,北（CRS84 经纬度）", "west,south,east,north in CRS84"}}
	whenParam   = param{name: "datetime", kind: timeParam, doc: words{"时刻或区间；选取数据年度", "instant or interval; picks the year of the figures"}}
)

var itemParams = []param{limitParam, boxParam, whenParam, offsetParam, formatParam, yearParam}

// queryables are the parameters that compare a field: one per field of the reader's table.
func (c *call) queryables() ([]param, error) {
	t, err := c.layer(c.path("collection"))
	if err != nil {
		return nil, err
	}
	return fieldParams(t), nil
}

func fieldParams(t *layers.Table) []param {
	kinds := map[layers.Type]kind{layers.Number: numberParam, layers.Integer: integerParam, layers.Flag: flagParam, layers.Day: dayParam}
	params := make([]param, 0, len(t.Layer.Fields))
	for _, f := range t.Layer.Fields {
		p := param{name: f.Name, kind: kinds[f.Type], doc: words{f.Title, f.TitleEn}}
		switch p.kind {
		case textParam:
			p.min = 1
		case integerParam:
			p.min, p.max = -1_000_000_000, 1_000_000_000
		}
		params = append(params, p)
	}
	return params
}

// items answers with one page of features.
func (c *call) items() error {
	base, err := c.base()
	if err != nil {
		return err
	}
	none, err := c.chooseByTime()
	if err != nil {
		return err
	}
	t, err := c.layer(c.path("collection"))
	if err != nil {
		return err
	}
	s := &selection{table: t, lead: c.image.lead[t], none: none, tests: c.fieldTests(t)}
	if text := c.text("bbox"); text != "" {
		if s.box, err = c.bounds(text); err != nil {
			return err
		}
	}
	return c.stream(geoJSONType, func(w *streamWriter) { c.writePage(w, s, collectionURL(base, t)) })
}

func (c *call) bounds(text string) ([]geo.Bound, error) {
	b, err := parseBBox(text)
	return b.bounds(), err
}

// chooseByTime moves to the image of the latest year that datetime touches; none says that it touches no year.
func (c *call) chooseByTime() (none bool, err error) {
	if c.text("datetime") == "" {
		return false, nil
	}
	asked, err := parseDatetime(c.text("datetime"))
	if err != nil {
		return false, err
	}
	if c.number("year") != 0 {
		return !asked.touches(c.image.Scores.Year, c.image.Years), nil
	}
	for _, year := range slices.Backward(c.image.Years) {
		if asked.touches(year, c.image.Years) {
			c.image, err = c.s.live.of(c.r.Context(), year)
			return false, err
		}
	}
	return len(c.image.Years) > 0, nil
}

// touches says whether a year and a span share a moment; the latest year, and any year of a store without figures, lasts
// until newer figures come.
func (p span) touches(year int, years []int) bool {
	begins := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	ends := time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
	last := len(years) == 0 || year == years[len(years)-1]
	return (p.to.IsZero() || !p.to.Before(begins)) && (last || p.from.IsZero() || p.from.Before(ends))
}

// fieldTests turns the field parameters into comparisons.
func (c *call) fieldTests(t *layers.Table) []func(int) bool {
	var tests []func(int) bool
	for i, f := range t.Layer.Fields {
		value := c.text(f.Name)
		if value == "" {
			continue
		}
		column := &t.Columns[i]
		if column.Text != nil {
			tests = append(tests, func(row int) bool { return column.Present[row] && column.Text[row] == value })
			continue
		}
		number := 0.0
		if f.Type == layers.Flag {
			number = map[string]float64{"true": 1}[value]
		} else {
			number, _ = finite(value) // checked by param.read
		}
		tests = append(tests, func(row int) bool { return column.Present[row] && column.Number[row] == number })
	}
	return tests
}

// writePage writes the collection's members in an order that needs one pass: what is known last comes last.
func (c *call) writePage(w *streamWriter, s *selection, self string) {
	limit, offset := c.number("limit"), c.number("offset")
	rows := newRowWriter(s.table)
	matched, returned := 0, 0
	w.buf = append(w.buf, `{"type":"FeatureCollection","features":[`...)
	s.each(func(row int) bool {
		if matched >= offset && returned < limit {
			if returned > 0 {
				w.buf = append(w.buf, ',')
			}
			w.buf = append(rows.appendFeature(w.buf, row), '}')
			returned++
			w.spill()
		}
		matched++
		return w.err == nil
	})
	w.buf = append(w.buf, `],"links":`...)
	w.buf = appendLinks(w.buf, c.pageLinks(self, limit, offset, matched))
	w.buf = append(w.buf, `,"timeStamp":"`...)
	w.buf = c.s.Now().UTC().AppendFormat(w.buf, time.RFC3339)
	w.buf = strconv.AppendInt(append(w.buf, `","numberMatched":`...), int64(matched), 10)
	w.buf = strconv.AppendInt(append(w.buf, `,"numberReturned":`...), int64(returned), 10)
	w.buf = append(w.buf, "}\n"...)
}

// pageLinks are self, collection, and the pages before and after.
func (c *call) pageLinks(self string, limit, offset, matched int) []link {
	at := func(offset int) string { return self + "/items" + c.query(offset) }
	links := []link{
		{Href: at(offset), Rel: "self", Type: geoJSONType},
		{Href: self, Rel: "collection", Type: jsonType},
	}
	if offset+limit < matched {
		links = append(links, link{Href: at(offset + limit), Rel: "next", Type: geoJSONType})
	}
	if offset > 0 {
		links = append(links, link{Href: at(max(0, offset-limit)), Rel: "prev", Type: geoJSONType})
	}
	return links
}

// query writes the parameters that were given in one order, with another offset.
func (c *call) query(offset int) string {
	q := url.Values{}
	given := c.r.URL.Query()
	for name, value := range c.values {
		if given.Has(name) && name != "offset" {
			q.Set(name, value)
		}
	}
	if offset > 0 {
		q.Set("offset", strconv.Itoa(offset))
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// item answers with one feature.
func (c *call) item() error {
	t, err := c.layer(c.path("collection"))
	if err != nil {
		return err
	}
	base, err := c.base()
	if err != nil {
		return err
	}
	row, ok := t.Row(c.path("fid"))
	if !ok {
		return notFound("没有这个要素", "there is no such feature")
	}
	self := collectionURL(base, t)
	dst := newRowWriter(t).appendFeature(nil, row)
	dst = appendLinks(append(dst, `,"links":`...), []link{
		{Href: self + "/items/" + url.PathEscape(t.IDs[row]) + c.query(0), Rel: "self", Type: geoJSONType},
		{Href: self, Rel: "collection", Type: jsonType},
	})
	return c.bytes(geoJSONType, append(dst, "}\n"...))
}

// appendFeature writes a feature without its closing brace.
func (w *rowWriter) appendFeature(dst []byte, row int) []byte {
	dst = appendText(append(dst, `{"type":"Feature","id":`...), w.table.IDs[row])
	dst = geo.AppendGeoJSON(append(dst, `,"geometry":`...), w.table.Shapes[row])
	dst = w.appendMembers(append(dst, `,"properties":{`...), row)
	return append(dst, '}')
}

func appendLinks(dst []byte, links []link) []byte {
	for i, l := range links {
		dst = append(dst, "[,"[min(i, 1)])
		dst = appendText(append(dst, `{"href":`...), l.Href)
		dst = appendText(append(dst, `,"rel":`...), l.Rel)
		dst = appendText(append(dst, `,"type":`...), l.Type)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

// streamWriter collects bytes and passes them on in large pieces.
type streamWriter struct {
	buf []byte
	out io.Writer
	ctx context.Context
	err error
}

const spillAt = 64 << 10

// spill passes a full buffer on; after an error, as when the reader hung up, it only empties it.
func (w *streamWriter) spill() {
	if len(w.buf) >= spillAt {
		w.flush()
	}
}

func (w *streamWriter) flush() {
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	if w.err == nil {
		_, w.err = w.out.Write(w.buf)
	}
	w.buf = w.buf[:0]
}

// stream answers 200 with a document that is written while it is made.
func (c *call) stream(mediaType string, write func(*streamWriter)) error {
	h := c.w.Header()
	h.Set("Content-Type", mediaType)
	zipped := acceptsGzip(c.r.Header.Get("Accept-Encoding"))
	if zipped {
		h.Set("Content-Encoding", "gzip")
	}
	c.w.WriteHeader(http.StatusOK)
	if c.r.Method == http.MethodHead {
		return nil
	}
	w := &streamWriter{buf: make([]byte, 0, spillAt+spillAt/4), out: c.w, ctx: c.r.Context()}
	var z *gzip.Writer
	if zipped {
		z, _ = gzip.NewWriterLevel(c.w, gzip.BestSpeed) // the level is valid
		w.out = z
	}
	write(w)
	w.flush()
	if z != nil && w.err == nil {
		w.err = z.Close()
	}
	if w.err != nil {
		panic(http.ErrAbortHandler) // the reader must not take a cut answer for a whole one
	}
	return nil
}
