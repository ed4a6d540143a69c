package layerfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bridge is a format that GDAL's ogr2ogr turns into one of ours, where it is installed. Only the driver named is let near the file.
type bridge struct {
	name, driver string
	extensions   []string
	sheet        bool // a spreadsheet: cells as texts, no header believed
}

var bridges = []bridge{
	{name: "FileGDB", driver: "OpenFileGDB", extensions: []string{".gdb", ".gdb.zip"}},
	{name: "DXF", driver: "DXF", extensions: []string{".dxf"}},
	{name: "KML", driver: "LIBKML", extensions: []string{".kml", ".kmz"}},
	{name: "XLS", driver: "XLS", extensions: []string{".xls"}, sheet: true},
	{name: "MapInfo", driver: "MapInfo File", extensions: []string{".tab", ".mif"}},
}

// Limits of the other program: it reads a stranger's file.
const (
	bridgeTimeout  = 5 * time.Minute
	bridgeCPUs     = 240     // s
	bridgeMemoryKB = 2 << 20 // address space
)

func bridgeOf(path string) (bridge, bool) {
	name := strings.ToLower(filepath.Base(path))
	for _, b := range bridges {
		for _, ext := range b.extensions {
			if strings.HasSuffix(name, ext) {
				return b, true
			}
		}
	}
	return bridge{}, false
}

// Bridged lists the formats that can be read through GDAL here: none where it is not installed.
func Bridged() []string {
	if _, err := bridgeProgram(); err != nil {
		return nil
	}
	var names []string
	for _, b := range bridges {
		names = append(names, b.name)
	}
	return names
}

var errNoBridge = errors.New("ogr2ogr is not installed")

func bridgeProgram() (string, error) {
	if !canConfine {
		return "", errNoBridge
	}
	path, err := exec.LookPath("ogr2ogr")
	if err != nil {
		return "", errNoBridge
	}
	return path, nil
}

// openBridged turns the file into a GeoPackage, or a spreadsheet into CSV, in a folder that goes with the reader.
func openBridged(path string, b bridge, opt ReadOptions) (Reader, error) {
	program, err := bridgeProgram()
	if err != nil {
		return nil, fatal(RuleFormat, b.name+" is read through GDAL, and "+err.Error()+" here", bridgeRemedy(b))
	}
	if err := checkBridged(path, opt.Limits.orDefault()); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "muchan-ogr-")
	if err != nil {
		return nil, &Error{Rule: RuleOpen, Message: "there is no room to convert the file: " + cause(err), Fatal: true, Err: err}
	}
	r, err := convert(program, path, dir, b, opt)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return &bridgedReader{r, dir, b}, nil
}

func bridgeRemedy(b bridge) string {
	if b.sheet {
		return "Open it in Excel or WPS and save it as .xlsx, or install GDAL (Debian: gdal-bin)."
	}
	return "Export it as GeoPackage or zipped shapefile, or install GDAL (Debian: gdal-bin)."
}

// checkBridged judges the file, or the folder of a File Geodatabase, before the other program sees it. Links are not followed.
func checkBridged(path string, limits Limits) error {
	var size int64
	err := filepath.WalkDir(path, func(name string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		switch {
		case err != nil:
			return err
		case info.Mode().IsRegular():
			size += info.Size()
		case !info.IsDir():
			return fatal(RuleOpen, fmt.Sprintf("%q is not an ordinary file", clip(filepath.Base(name))), "Give the path of a file, or of a .gdb folder without links.")
		}
		return nil
	})
	var own *Error
	switch {
	case errors.As(err, &own):
		return own
	case err != nil:
		return &Error{Rule: RuleOpen, Message: "the file cannot be opened: " + cause(err), Remedy: "Check its name and rights.", Fatal: true, Err: err}
	case size == 0:
		return fatal(RuleEmpty, "the file is empty", "Export it again.")
	case size > limits.FileBytes:
		return fatal(RuleSize, fmt.Sprintf("the file has %d bytes, the limit is %d", size, limits.FileBytes), "Split it.")
	}
	return nil
}

func convert(program, path, dir string, b bridge, opt ReadOptions) (Reader, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, &Error{Rule: RuleOpen, Message: "the file cannot be opened: " + cause(err), Fatal: true, Err: err}
	}
	out := filepath.Join(dir, "layer.gpkg")
	others, err := otherDrivers(program, b.driver, "GPKG", "CSV")
	if err != nil {
		return nil, fatal(RuleFormat, "GDAL does not say which formats it knows: "+clipLong(err.Error()), bridgeRemedy(b))
	}
	only := []string{"--config", "GDAL_SKIP", others} // whatever the file is, no other driver is asked
	args := []string{"-f", "GPKG", "-nlt", "CONVERT_TO_LINEAR", "-nlt", "PROMOTE_TO_MULTI", "-dim", "XY", out, abs}
	if b.driver == "DXF" {
		args = append(args, "-nlt", "MULTIPOLYGON", "-skipfailures") // boundaries are drawn as closed lines
	}
	if b.sheet {
		out = filepath.Join(dir, "layer.csv")
		args = []string{"-f", "CSV", "--config", "OGR_XLS_HEADERS", "DISABLE", "--config", "OGR_XLS_FIELD_TYPES", "STRING", out, abs}
	}
	if opt.Sheet != "" {
		args, opt.Sheet = append(args, opt.Sheet), ""
	}
	if err := runConfined(program, append(only, args...), dir, opt.Limits.orDefault().FileBytes); err != nil {
		return nil, fatal(RuleFormat, b.name+" cannot be read by GDAL: "+clipLong(err.Error()), "Check the name of the layer (--sheet), or export it in another format.")
	}
	return open(out, opt)
}

// otherDrivers lists all of GDAL's drivers but those named, joined by commas.
func otherDrivers(program string, keep ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "--formats").Output()
	if err != nil {
		return "", err
	}
	var others []string
	for line := range strings.Lines(string(out)) {
		name, _, ok := strings.Cut(strings.TrimSpace(line), " -")
		if ok && !slices.Contains(keep, name) {
			others = append(others, name)
		}
	}
	return strings.Join(others, ","), nil
}

// runConfined runs the program with bounds on time, memory and what it writes, without the network where that can be cut off, and with
// nothing of our environment but where to find its data.
func runConfined(program string, args []string, dir string, mostBytes int64) error {
	ctx, cancel := context.WithTimeout(context.Background(), bridgeTimeout)
	defer cancel()
	bounds := fmt.Sprintf("ulimit -t %d; ulimit -v %d; ulimit -f %d; ulimit -c 0; exec \"$@\"", bridgeCPUs, bridgeMemoryKB, mostBytes/512)
	line := append([]string{"-c", bounds, "sh"}, withoutNetwork()...)
	cmd := exec.CommandContext(ctx, "sh", append(append(line, program), args...)...)
	confine(cmd)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LC_ALL=C.UTF-8", "GDAL_HTTP_TIMEOUT=1", "CPL_VSIL_CURL_ALLOWED_EXTENSIONS=.none"}
	for _, name := range []string{"GDAL_DATA", "PROJ_LIB", "PROJ_DATA", "LD_LIBRARY_PATH"} {
		if v := os.Getenv(name); v != "" {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	var said bytes.Buffer
	cmd.Stderr = &boundedWriter{&said, 4 << 10}
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("it took longer than %s", bridgeTimeout)
	case err != nil:
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(strings.ReplaceAll(said.String(), dir, "")))
	}
	return nil
}

// withoutNetwork is the command before a command that runs it in a network of its own, where the system allows it.
func withoutNetwork() []string {
	if exec.Command("unshare", "-rn", "true").Run() == nil {
		return []string{"unshare", "-rn"}
	}
	return nil
}

// boundedWriter keeps so many bytes and drops the rest.
type boundedWriter struct {
	b    *bytes.Buffer
	left int
}

func (w *boundedWriter) Write(p []byte) (int, error) {
	n := min(len(p), w.left)
	w.b.Write(p[:n])
	w.left -= n
	return len(p), nil
}

// bridgedReader reads what came out and removes it.
type bridgedReader struct {
	Reader
	dir string
	b   bridge
}

// Info implements Reader.
func (r *bridgedReader) Info() Info {
	info := r.Reader.Info()
	info.Notes = append([]string{"the file was converted by GDAL's ogr2ogr; row numbers are those of its features"}, info.Notes...)
	info.Format = r.b.name
	return info
}

// Close implements Reader.
func (r *bridgedReader) Close() error { return errors.Join(r.Reader.Close(), os.RemoveAll(r.dir)) }
