package embedded_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

func openNew(t *testing.T) (*embedded.Store, string) {
	t.Helper()
	path := suite.New(t)
	s, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, path
}

func apply(t *testing.T, s *embedded.Store, rows parcels.Rows) parcels.Receipt {
	t.Helper()
	r, err := s.Apply(context.Background(), parcels.Change{Who: "test", Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var far = parcels.MustDate("2098-12-31")

func TestFileIsPrivate(t *testing.T) {
	s, path := openNew(t)
	apply(t, s, storetest.Town(3))
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("files %v, %v; want the GeoPackage and its log", files, err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v; want 0600", f, info.Mode(), err)
		}
	}
	s.Close()
	if files, _ = filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(files) != 1 {
		t.Errorf("files after Close: %v, want the GeoPackage alone", files)
	}
}

func TestOpenRefuses(t *testing.T) {
	cases := []struct {
		name string
		make func(t *testing.T, path string)
		kind error
		says string
	}{
		{"newer schema", func(t *testing.T, path string) {
			s, err := embedded.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			s.Close()
			mustExec(t, path, `INSERT INTO migrations (number, name, at) VALUES (1000, 'from tomorrow', '2030-01-01')`)
		}, parcels.ErrNewer, "schema 1000"},
		{"another program's file", func(t *testing.T, path string) { mustExec(t, path, `CREATE TABLE parcels (x)`) }, nil, "did not make"},
		{"not a database", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("宗地代码,面积\n", 100)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, parcels.ErrUnavailable, "not a database"},
		{"no folder", func(t *testing.T, path string) {
			if err := os.Remove(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}, os.ErrNotExist, "no such file"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sub", "x.gpkg")
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			c.make(t, path)
			before, _ := os.ReadFile(path)
			s, err := embedded.Open(path)
			if err == nil {
				s.Close()
				t.Fatal("opened")
			}
			if c.kind != nil && !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %q, want %q, %v and the path", err, c.says, c.kind)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the refused file was written to")
			}
		})
	}
}

func TestOpenAtOnce(t *testing.T) {
	path := suite.New(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := embedded.Open(path)
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			defer s.Close()
			if v, err := s.Version(context.Background()); v != 0 || err != nil {
				t.Errorf("version %d, %v", v, err)
			}
		})
	}
	wg.Wait()
}

func mustExec(t *testing.T, path, statement string) {
	t.Helper()
	if err := execSQL(path, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
