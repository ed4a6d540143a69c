package layerfile

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// surveyPoint is one boundary point, easting first.
type surveyPoint struct {
	ring string
	at   orb.Point
}

func pointOf(line string) (p surveyPoint, err error) {
	cells := strings.Split(strings.ReplaceAll(line, "，", ","), ",")
	if len(cells) < 4 {
		return p, fmt.Errorf("there are %d cells", len(cells))
	}
	p.ring = strings.TrimSpace(cells[1])
	for i, cell := range []string{cells[3], cells[2]} { // X is north, Y is east
		if p.at[i], err = strconv.ParseFloat(strings.TrimSpace(cell), 64); err != nil || math.IsNaN(p.at[i]) || math.IsInf(p.at[i], 0) {
			return p, fmt.Errorf("%q is not a coordinate", clip(cell))
		}
	}
	return p, nil
}

// statedTolerance is how far a stated area may be from the one the points enclose: it is written to four places of a hectare, one
// square metre, and points are rounded to millimetres.
const (
	statedTolerance = 0.001
	statedLeastM2   = 2
)

// compareStated checks a stated area in hectares against the plane area of the points, taken from the first of them so that large
// coordinates cost no digits.
func compareStated(raw geo.Shape, hectares float64, row int) error {
	if hectares <= 0 {
		return nil
	}
	area := 0.0
	for _, polygon := range raw {
		for _, ring := range polygon {
			area += planeArea(ring)
		}
	}
	if off := math.Abs(area - 10_000*hectares); off > math.Max(statedLeastM2, statedTolerance*area) {
		return &Error{
			Row: row, Column: areaField, Rule: RuleArea, Value: strconv.FormatFloat(hectares, 'f', -1, 64),
			Message: fmt.Sprintf("the points enclose %.4f ha, the heading says %.4f", area/10_000, hectares),
			Remedy:  "Points may be missing, swapped or in the wrong ring: compare with the survey's drawing.",
		}
	}
	return nil
}

// planeArea is the signed area of a ring: outer rings count, holes take away.
func planeArea(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i+1 < len(r); i++ {
		sum += (r[i][0]-r[0][0])*(r[i+1][1]-r[0][1]) - (r[i+1][0]-r[0][0])*(r[i][1]-r[0][1])
	}
	return sum / 2
}

// surveyLines reads lines that hold something, with one line of lookahead.
type surveyLines struct {
	scan  *bufio.Scanner
	line  int
	ahead struct {
		text string
		line int
		ok   bool
	}
}

func newSurveyLines(r io.Reader) *surveyLines {
	l := &surveyLines{scan: bufio.NewScanner(r)}
	l.scan.Buffer(make([]byte, 0, 4<<10), 64<<10)
	return l
}

func (l *surveyLines) next() (string, error) {
	if l.ahead.ok {
		l.ahead.ok, l.line = false, l.ahead.line
		return l.ahead.text, nil
	}
	for l.scan.Scan() {
		l.line++
		if text := strings.TrimSpace(l.scan.Text()); text != "" {
			return text, nil
		}
	}
	if err := l.scan.Err(); err != nil {
		return "", &Error{Row: l.line + 1, Rule: RuleCellSize, Message: "a line cannot be read: " + cause(err), Remedy: "Check that it is a list of points.", Fatal: true, Err: err}
	}
	return "", io.EOF
}

// peek returns the next line without taking it; "" at the end.
func (l *surveyLines) peek() string {
	line := l.line
	text, err := l.next()
	if err != nil {
		return ""
	}
	l.ahead.text, l.ahead.line, l.ahead.ok = text, l.line, true
	l.line = line
	return text
}
