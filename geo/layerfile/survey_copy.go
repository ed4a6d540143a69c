package layerfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// reasonKey begins the lines of a description that say why a parcel came back. Readers of such lists pass over what they do not know.
const reasonKey = "拒绝原因"

// IsSurvey tells whether a file is a list of boundary points, which is a .txt, as a table may be.
func IsSurvey(path string) bool {
	r, err := Open(path, ReadOptions{SkipShapes: true})
	if err != nil {
		return false
	}
	defer r.Close()
	_, is := r.(*surveyReader)
	return is
}

// CopySurvey copies the parcels that reasons are given for out of a list of boundary points, in its encoding, with every point as it stands.
// reasons go by line: that of a parcel's heading or of one of its points. They are written into the description. It returns how many
// parcels were copied.
func CopySurvey(path, to, encoding string, reasons map[int]string) (copied int, err error) {
	in, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	text, err := openText(in, encoding)
	if err != nil {
		return 0, err
	}
	body, err := text.rewind()
	if err != nil {
		return 0, err
	}
	about, parcels, copied, err := pickSurvey(body, reasons)
	if err != nil {
		return 0, err
	}
	at := slices.IndexFunc(about, func(l string) bool { return strings.HasPrefix(l, surveyPoints) })
	if at < 0 {
		at = len(about)
	}
	lines := slices.Insert(about, at, reasonLines(reasons)...)
	return copied, writeLines(to, append(lines, parcels...), text.encoding == encodingGB18030)
}

// pickSurvey returns the lines of the description, without the reasons of an earlier copy, and those of the parcels that there are reasons for.
func pickSurvey(body io.Reader, reasons map[int]string) (about, picked []string, copied int, err error) {
	lines := newSurveyLines(body)
	var block []string
	inParcels, wanted := false, false
	keep := func() {
		if wanted {
			picked, copied = append(picked, block...), copied+1
		}
		block, wanted = block[:0], false
	}
	for {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			keep()
			return about, picked, copied, nil
		}
		if err != nil {
			return nil, nil, 0, err
		}
		if strings.HasSuffix(line, "@") {
			keep()
			inParcels = true
		}
		switch {
		case inParcels:
			block = append(block, line)
			wanted = wanted || reasons[lines.line] != ""
		case !strings.HasPrefix(line, reasonKey):
			about = append(about, line)
		}
	}
}

func reasonLines(reasons map[int]string) []string {
	rows := make([]int, 0, len(reasons))
	for row := range reasons {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = fmt.Sprintf("%s(原第%d行)=%s", reasonKey, row, strings.Join(strings.FieldsFunc(reasons[row], endsLine), " "))
	}
	return lines
}

// endsLine tells what may not stand in a line of a description: what ends one, what makes it a heading, what makes the file no text.
func endsLine(r rune) bool { return r == '@' || unicode.IsSpace(r) || unicode.IsControl(r) }

// writeLines lets a text appear only when it is whole.
func writeLines(to string, lines []string, gb bool) (err error) {
	f, err := newFile(to)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriter(f)
	var out io.Writer = w
	if gb {
		out = simplifiedchinese.GB18030.NewEncoder().Writer(w)
	}
	for _, line := range lines {
		if _, err := io.WriteString(out, line+"\r\n"); err != nil {
			return fmt.Errorf("write %s: %w", to, err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", to, err)
	}
	return settle(f, to)
}
