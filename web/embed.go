// Package web holds the built page, so that the program serves it without any file beside it.
//
// It knows only files: no HTTP, no room of ours. The api room serves it. dist is built from src by `npm run build` and committed;
// `npm run check` proves that the two belong together.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// Dist is the built page: index.html at its root, everything else under assets, whose file names change with their content.
var Dist = sub("dist")

func sub(dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // only for an invalid path, which would be our own mistake
	}
	return f
}
