package layerfile_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"muchan/geo/kept"
	"muchan/geo/layerfile"
)

// surveyParcels are what is read of a list of boundary points, without its shapes: by line, the values or the error of each parcel.
// It is not ok when the list cannot be read to its end.
func surveyParcels(path, encoding string) (lines []int, read []string, ok bool) {
	r, err := layerfile.Open(path, layerfile.ReadOptions{Limits: fuzzLimits, Encoding: encoding, SkipShapes: true})
	if err != nil {
		return nil, nil, false
	}
	defer r.Close()
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return lines, read, true
		}
		parcel := fmt.Sprintf("%q", rec.Values)
		var own *layerfile.Error
		if errors.As(err, &own) {
			if own.Fatal {
				return nil, nil, false
			}
			parcel += own.Rule + own.Value + own.Message // its line is another in a copy
		}
		lines, read = append(lines, rec.Row), append(read, parcel)
	}
}

// FuzzCopySurvey: the parcels of any list, copied out of it for reasons of any text, are read again as they were, and no others with them.
func FuzzCopySurvey(f *testing.F) {
	kept.Add(f)
	f.Add([]byte(list), "", "面积不符", "1")
	f.Add([]byte(list), "gb18030", "a@\n1,2,@", "01")
	f.Add([]byte("[属性描述]\n拒绝原因(原第3行)=x\n0,,,@\n,,,@"), "utf-8", "", "11")
	path := filepath.Join(f.TempDir(), "a.txt")
	to := filepath.Join(f.TempDir(), "copy.txt")
	f.Fuzz(func(t *testing.T, b []byte, encoding, reason, chosen string) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if !layerfile.IsSurvey(path) || !utf8.ValidString(reason) {
			return
		}
		lines, read, ok := surveyParcels(path, encoding)
		if !ok {
			return
		}
		reasons, want := map[int]string{}, []string(nil)
		for i, line := range lines {
			if i < len(chosen) && chosen[i] == '1' {
				reasons[line], want = "x"+reason, append(want, read[i])
			}
		}
		copied, err := layerfile.CopySurvey(path, to, encoding, reasons)
		if err != nil || copied != len(want) {
			t.Fatalf("copied %d of %d: %v", copied, len(want), err)
		}
		if copied == 0 {
			return
		}
		if _, again, ok := surveyParcels(to, ""); !ok || !slices.Equal(again, want) {
			t.Fatalf("%q came back as %q", want, again)
		}
	})
}
