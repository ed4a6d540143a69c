package layerfile

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// shapefileParts are the members of a shapefile that are read.
var shapefileParts = []string{".shp", ".dbf", ".prj", ".cpg"}

// openZip opens the shapefile in a zip archive. Several are told apart by ReadOptions.Sheet.
func openZip(f *os.File, opt ReadOptions) (Reader, error) {
	z, err := openArchive(f, opt.Limits)
	if err != nil {
		return nil, err
	}
	layer, err := chooseLayer(z, opt.Sheet)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "muchan-shapefile-")
	if err != nil {
		return nil, &Error{Rule: RuleOpen, Message: "the archive cannot be unpacked: " + cause(err), Fatal: true, Err: err}
	}
	r, err := unpackShapefile(z, layer, dir, opt)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	r.files = append(r.files, f)
	return r, nil
}

// chooseLayer returns the path inside the archive, without extension, of the only .shp, or of the one that is named.
func chooseLayer(z *zip.Reader, name string) (string, error) {
	var stems, names []string
	for _, m := range z.File {
		if ext := path.Ext(m.Name); strings.EqualFold(ext, ".shp") && !strings.HasPrefix(path.Base(m.Name), "._") {
			stem := strings.TrimSuffix(m.Name, ext)
			stems, names = append(stems, stem), append(names, path.Base(stem))
		}
	}
	switch at := slices.Index(names, name); {
	case len(stems) == 0:
		return "", fatal(RuleFormat, "there is no shapefile in the archive", "Pack .shp, .dbf, .prj and .cpg together.")
	case name != "" && at >= 0:
		return stems[at], nil
	case name != "":
		return "", fatal(RuleSheet, fmt.Sprintf("the archive holds no layer %q", clip(name)), "It holds "+clipLong(strings.Join(names, ", "))+".")
	case len(stems) > 1:
		return "", fatal(RuleSheet, fmt.Sprintf("the archive holds %d layers", len(stems)), "Name one by --sheet: "+clipLong(strings.Join(names, ", "))+".")
	}
	return stems[0], nil
}

// unpackShapefile writes the layer's members under plain names, so that no name from the archive reaches the disk.
func unpackShapefile(z *zip.Reader, stem, dir string, opt ReadOptions) (*shapefileReader, error) {
	for _, m := range z.File {
		ext := path.Ext(m.Name)
		if strings.TrimSuffix(m.Name, ext) != stem || !slices.Contains(shapefileParts, strings.ToLower(ext)) {
			continue
		}
		if err := unpackMember(z, m.Name, filepath.Join(dir, "layer"+strings.ToLower(ext))); err != nil {
			return nil, err
		}
	}
	f, err := os.Open(filepath.Join(dir, "layer.shp"))
	if err != nil {
		return nil, &Error{Rule: RuleOpen, Message: "the .shp cannot be unpacked: " + cause(err), Fatal: true, Err: err}
	}
	r, err := newShapefile(f, dir, opt)
	if err != nil {
		f.Close()
		return nil, err
	}
	r.layer.Name = path.Base(stem)
	return r, nil
}

func unpackMember(z *zip.Reader, name, to string) error {
	in, err := member(z, name)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return &Error{Rule: RuleOpen, Message: "the archive cannot be unpacked: " + cause(err), Fatal: true, Err: err}
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		var own *Error
		if errors.As(err, &own) {
			return own
		}
		return badArchive("a member cannot be unpacked: " + clipLong(cause(err)))
	}
	return nil
}
