package layerfile_test

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"muchan/geo/layerfile"
)

func benchRows(n int) []row {
	rows := make([]row, n)
	for i := range rows {
		rows[i] = row{
			[]any{fmt.Sprintf("350502001001GB%05d", i%100_000), 1000 + float64(i)/7, i % 9, i%2 == 0, "2021-06-30"},
			square(118.5+float64(i%300)*0.002, 24.8+float64(i/300%300)*0.002),
		}
	}
	return rows
}

func BenchmarkRead(b *testing.B) {
	for _, ext := range []string{"geojson", "csv", "xlsx"} {
		for _, n := range []int{1_000, 100_000} {
			b.Run(fmt.Sprintf("%s/n=%d", ext, n), func(b *testing.B) {
				path := filepath.Join(b.TempDir(), "a."+ext)
				size := len(write(b, path, layerfile.Layer{Name: "p", Fields: fields, HasShape: true}, layerfile.WriteOptions{}, benchRows(n)))
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					if got := countRows(b, path); got != n {
						b.Fatalf("%d rows", got)
					}
				}
			})
		}
	}
}

func countRows(b *testing.B, path string) int {
	b.Helper()
	r, err := layerfile.Open(path, layerfile.ReadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	for n := 0; ; n++ {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return n
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, ext := range []string{"geojson", "csv", "xlsx"} {
		for _, n := range []int{1_000, 100_000} {
			rows := benchRows(n)
			b.Run(fmt.Sprintf("%s/n=%d", ext, n), func(b *testing.B) {
				path := filepath.Join(b.TempDir(), "a."+ext)
				b.ReportAllocs()
				for b.Loop() {
					if len(write(b, path, layerfile.Layer{Name: "p", Fields: fields, HasShape: true}, layerfile.WriteOptions{}, rows)) == 0 {
						b.Fatal("nothing written")
					}
				}
			})
		}
	}
}
