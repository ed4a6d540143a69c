// Package kept gives fuzz targets the inputs that earlier runs kept: each reached code that none before had. They are test support, run with
// all tests. `make fuzz-keep` writes them.
package kept

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Add adds the inputs in testdata/kept/NAME.tar.gz, files as go test keeps them, to the target NAME.
func Add(f *testing.F) {
	f.Helper()
	file, err := os.Open(filepath.Join("testdata", "kept", f.Name()+".tar.gz"))
	if err != nil {
		f.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		f.Fatal(err)
	}
	n := 0
	for archive := tar.NewReader(unpacked); ; {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			f.Fatal(err)
		}
		if head.Typeflag != tar.TypeReg {
			continue
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			f.Fatal(err)
		}
		values, err := parse(string(text))
		if err != nil {
			f.Fatalf("%s: %v", head.Name, err)
		}
		f.Add(values...)
		n++
	}
	if n == 0 {
		f.Fatal("no inputs are kept")
	}
}

// parse reads a kept input: a line that names the form, then a line for each value.
func parse(text string) (values []any, err error) {
	head, rest, _ := strings.Cut(text, "\n")
	if head != "go test fuzz v1" {
		return nil, fmt.Errorf("%q is not a form we know", head)
	}
	for line := range strings.Lines(rest) {
		value, err := parseValue(strings.TrimSpace(line))
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// parseValue reads the values that our targets take.
func parseValue(line string) (any, error) {
	kind, rest, _ := strings.Cut(line, "(")
	s, err := strconv.Unquote(strings.TrimSuffix(rest, ")"))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%q: %w", line, err)
	case kind == "[]byte":
		return []byte(s), nil
	case kind == "string":
		return s, nil
	}
	return nil, fmt.Errorf("%q is neither bytes nor a text", line)
}
