package layerfile_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"muchan/geo/layerfile"
)

// all reads a file to its end: every record, every error, and what is said of the file before and after.
func all(t *testing.T, r layerfile.Reader) (records []layerfile.Record, errs []string, infos [2]layerfile.Info) {
	t.Helper()
	defer r.Close()
	infos[0] = r.Info()
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			infos[1] = r.Info()
			return records, errs, infos
		}
		rec.Values = append([]any{}, rec.Values...)
		records = append(records, rec)
		if err != nil {
			errs = append(errs, err.Error())
			if ourError(t, err) {
				return records, errs, infos
			}
		}
	}
}

// TestAheadReadsTheSame: reading ahead changes nothing of what is read, whole files and broken ones, short of a batch and beyond some.
func TestAheadReadsTheSame(t *testing.T) {
	long := "a,shape\n" + strings.Repeat("x,\"POLYGON((118 24,119 24,119 25,118 24))\"\ny,no shape\n", 700)
	for name, text := range map[string]string{
		"rows": long, "none": "a,b\n", "ends badly": long + "\"never closed\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			read := func(wrap func(layerfile.Reader) layerfile.Reader) string {
				r, err := layerfile.Open(path, layerfile.ReadOptions{})
				if err != nil {
					t.Fatal(err)
				}
				records, errs, infos := all(t, wrap(r))
				return fmt.Sprint(records, errs, infos)
			}
			plain := read(func(r layerfile.Reader) layerfile.Reader { return r })
			if ahead := read(layerfile.Ahead); !reflect.DeepEqual(ahead, plain) {
				t.Errorf("ahead %.300s\nplain %.300s", ahead, plain)
			}
		})
	}
}

// TestAheadKeepsValues: records stay as they are while further ones are read, and Close in the middle ends the reading.
func TestAheadKeepsValues(t *testing.T) {
	var text strings.Builder
	text.WriteString("a\n")
	for i := range 5000 {
		fmt.Fprintln(&text, i)
	}
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := layerfile.Open(path, layerfile.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r = layerfile.Ahead(r)
	var kept [][]any
	for range 1000 {
		rec, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, rec.Values)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for i, values := range kept {
		if fmt.Sprint(values...) != fmt.Sprint(i) {
			t.Fatalf("record %d became %v", i, values)
		}
	}
}
