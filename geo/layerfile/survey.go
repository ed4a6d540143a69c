package layerfile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// surveyHead begins a list of boundary points (勘测定界界址点), surveyPoints what it says of its parcels.
const (
	surveyHead   = "[属性描述]"
	surveyPoints = "[地块坐标]"
)

// areaField is named by the whole parcel's area: a bare 面积 may be that of anything.
const areaField = "地块面积(公顷)"

// useField has the code of the land use, and its words where the list gives no code.
const useField = "地类编码"

// surveyFields are the attributes of a parcel in its heading: 点数,面积,编号,名称,图形类型,图幅号,用途,编码,@.
var surveyFields = []Field{
	{Name: areaField, Type: Real}, {Name: "地块编号"}, {Name: "地块名称"}, {Name: "图形类型"}, {Name: "图幅号"}, {Name: "勘测用途"}, {Name: useField},
}

const useAt = 6 // of useField, behind the words

// surveyReader streams the parcels of a survey office's list of boundary points.
type surveyReader struct {
	file    *os.File
	lines   *surveyLines
	layer   Layer
	info    Info
	shapes  shapes
	skip    bool
	limits  Limits
	heading []string // of the parcel whose points come next; nil at the end
	at      int      // its line
	row     int
	values  []any
}

// openTXT opens a .txt: a list of boundary points when it begins as one, else a table.
func openTXT(f *os.File, opt ReadOptions) (Reader, error) {
	text, err := openText(f, opt.Encoding)
	if err != nil {
		return nil, err
	}
	body, err := text.rewind()
	if err != nil {
		return nil, err
	}
	lines := newSurveyLines(body)
	first, err := lines.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if first != surveyHead {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, &Error{Rule: RuleOpen, Message: "the file cannot be read: " + cause(err), Fatal: true, Err: err}
		}
		return openCSV(f, opt)
	}
	r := &surveyReader{
		file: f, lines: lines, limits: opt.Limits, skip: opt.SkipShapes, values: make([]any, len(surveyFields)),
		layer: Layer{Fields: surveyFields, HasShape: !opt.SkipShapes}, info: Info{Format: "界址点 TXT", Encoding: text.encoding},
	}
	return r, r.begin(opt)
}

// begin reads the description up to the first parcel.
func (r *surveyReader) begin(opt ReadOptions) error {
	about := map[string]string{}
	for {
		line, err := r.lines.next()
		if errors.Is(err, io.EOF) {
			return fatal(RuleEmpty, "the file describes no parcel", "It needs "+surveyPoints+" with points.")
		}
		if err != nil {
			return err
		}
		if key, value, ok := strings.Cut(line, "="); ok {
			about[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
		if strings.HasSuffix(line, "@") {
			r.heading, r.at = cutHeading(line), r.lines.line
			break
		}
	}
	if opt.SkipShapes {
		return nil
	}
	return r.useCRS(about, opt)
}

// cutHeading splits a heading; it has at least its first cell, the number of points.
func cutHeading(line string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(line, "，", ","), "@"), ",")
}

// useCRS takes the system from the description and the first point, whose easting tells whether the zone stands before it.
func (r *surveyReader) useCRS(about map[string]string, opt ReadOptions) error {
	own, err := r.ownCRS(about)
	if err != nil {
		return err
	}
	if r.layer.CRS, err = requested(opt, own); err != nil {
		return err
	}
	if own == nil && opt.CRS == "" && !opt.unplaced {
		return fatal(RuleCRS, "the description names no zone (带号)", "Name the coordinate system by --crs, for example --crs EPSG:4549.")
	}
	r.shapes, r.info.CRS = newShapes(r.layer.CRS, true, opt), CRSName(r.layer.CRS)
	return nil
}

func (r *surveyReader) ownCRS(about map[string]string) (*geo.CRS, error) {
	system := about["坐标系"]
	switch {
	case strings.Contains(system, "80") || strings.Contains(system, "西安"):
		return nil, fatal(RuleCRS, "the points are in Xi'an 80", oldRemedy)
	case strings.Contains(system, "54") || strings.Contains(system, "北京"):
		return nil, fatal(RuleCRS, "the points are in Beijing 54", oldRemedy)
	case system != "" && !strings.Contains(system, "2000"):
		return nil, fatal(RuleCRS, "the coordinate system "+clip(system)+" is not CGCS2000", "Ask the survey office for the file in CGCS2000.")
	}
	if unit := about["计量单位"]; unit != "" && unit != "米" {
		return nil, fatal(RuleCRS, "coordinates are in "+clip(unit)+", not in metres (米)", "Export them in metres.")
	}
	if degrees := about["几度分带"]; degrees != "" && degrees != "3" {
		return nil, fatal(RuleCRS, "zones of "+clip(degrees)+" degrees are not read", "Export the points in zones of 3 degrees.")
	}
	zone, err := strconv.Atoi(about["带号"])
	if err != nil {
		return nil, nil
	}
	code := 4513 + zone - 25
	if p, err := pointOf(r.lines.peek()); err == nil && p.at[0] < 1e6 {
		code = 4534 + zone - 25
	}
	crs, ok := geo.CRSByEPSG(code)
	if !ok {
		return nil, fatal(RuleCRS, fmt.Sprintf("zone %d is not one muchan speaks", zone), "Transform the points to one of "+knownCRS()+".")
	}
	return &crs, nil
}

// Next implements Reader.
func (r *surveyReader) Next() (Record, error) {
	if r.heading == nil {
		r.end()
		return Record{}, io.EOF
	}
	if r.row++; r.row > r.limits.Rows {
		return Record{}, fatal(RuleRows, fmt.Sprintf("the file has more than %d parcels", r.limits.Rows), "Split it.")
	}
	rec := Record{Row: r.at, Values: r.values}
	claimed := strings.TrimSpace(r.heading[0])
	stated := r.fill()
	rings, got, err := r.rings()
	switch {
	case err != nil:
		return rec, err
	case claimed != strconv.Itoa(got) && claimed != strconv.Itoa(got-closings(rings)):
		return rec, &Error{
			Row: rec.Row, Rule: RuleSyntax, Value: clip(claimed), Message: fmt.Sprintf("the heading says %s points, %d follow", clip(claimed), got),
			Remedy: "Points are missing or the heading is wrong: export the list again.",
		}
	case r.skip:
		return rec, nil
	}
	raw, _ := assemble(closed(rings))
	if err := compareStated(raw, stated, rec.Row); err != nil {
		return rec, err
	}
	rec.Shape, err = r.shapes.place(raw, rec.Row, "界址点")
	return rec, err
}

// fill puts the heading into values and returns the stated area in hectares, 0 when there is none.
func (r *surveyReader) fill() (stated float64) {
	clear(r.values)
	for i := range surveyFields {
		if i+1 < len(r.heading) {
			if v := strings.TrimSpace(r.heading[i+1]); v != "" {
				r.values[i] = v
			}
		}
	}
	if r.values[useAt] == nil {
		r.values[useAt] = r.values[useAt-1]
	}
	if text, ok := r.values[0].(string); ok {
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			r.values[0], stated = Number(text), v
		}
	}
	return stated
}

// rings reads the points up to the next heading. A point's second cell says which ring it belongs to; ring numbers above 1 are
// holes or further parts, which nesting tells apart.
func (r *surveyReader) rings() (rings []orb.Ring, points int, failed error) {
	r.heading = nil
	ring := ""
	for size := 0; ; {
		line, err := r.lines.next()
		if errors.Is(err, io.EOF) {
			return rings, points, failed
		}
		if err != nil {
			return nil, 0, err
		}
		if strings.HasSuffix(line, "@") {
			r.heading, r.at = cutHeading(line), r.lines.line
			return rings, points, failed
		}
		if size += len(line); size > r.limits.RecordBytes {
			return nil, 0, fatal(RuleCellSize, fmt.Sprintf("one parcel is larger than %d bytes", r.limits.RecordBytes), "Check the headings.")
		}
		p, err := pointOf(line)
		if err != nil {
			if failed == nil {
				failed = &Error{
					Row: r.lines.line, Rule: RuleSyntax, Value: clip(line), Message: "a point must read 点号,圈号,X,Y: " + err.Error(), Remedy: "Correct the line.",
				}
			}
			continue
		}
		points++
		if p.ring != ring || rings == nil {
			ring, rings = p.ring, append(rings, nil)
		}
		rings[len(rings)-1] = append(rings[len(rings)-1], p.at)
	}
}

// closings counts the rings whose last point repeats the first: some offices count that point, and some do not.
func closings(rings []orb.Ring) (n int) {
	for _, ring := range rings {
		if len(ring) > 1 && ring[0] == ring[len(ring)-1] {
			n++
		}
	}
	return n
}

func closed(rings []orb.Ring) []orb.Ring {
	for i, ring := range rings {
		if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
			rings[i] = append(ring, ring[0])
		}
	}
	return rings
}

// end says what there is to say, once.
func (r *surveyReader) end() {
	if len(r.info.Notes) == 0 {
		r.info.Notes = append(r.info.Notes, "X is north and Y is east, as survey offices write")
	}
}

func (r *surveyReader) Layer() Layer { return r.layer }

func (r *surveyReader) Info() Info { return r.info }

// Close implements Reader.
func (r *surveyReader) Close() error { return r.file.Close() }
