package seeds_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"muchan/seeds"
)

//go:generate go test -run TestDemoIsWhatTheCodeWrites -update

var update = flag.Bool("update", false, "write the demonstration's files anew")

func TestDemoIsWhatTheCodeWrites(t *testing.T) {
	dir := t.TempDir()
	if *update {
		dir = "demo"
	}
	if err := seeds.WriteDemo(dir); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		return
	}
	kept, err := fs.ReadDir(seeds.Demo, ".")
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) != len(written) {
		t.Errorf("%d files are kept, %d are written", len(kept), len(written))
	}
	for _, entry := range written {
		got, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		want, err := fs.ReadFile(seeds.Demo, entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the code writes; run go generate ./seeds", entry.Name())
		}
	}
}
