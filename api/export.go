package api

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/tiles/export"
	"muchan/tiles/layers"
)

var exportRoutes = []route{
	{
		method: get, pattern: "/api/v1/exports", who: anyone, cache: revalidate, image: true, tag: "export", answer: exportList{},
		params: []param{yearParam}, doc: words{"可以导出的图层、格式和坐标系", "layers, formats and coordinate systems of exports"}, handle: (*call).exports,
	},
	{
		method: get, pattern: "/api/v1/exports/layers/{layer}", who: anyone, cache: neverKept, image: true, secret: true, export: true, tag: "export",
		media: export.Formats[0].MediaType, also: exportMedia()[1:], params: exportParams,
		doc: words{
			"图层文件，只含读者可见的字段；{layer} 为图层名、以逗号分隔的多个图层名或 all，多个图层须用 gpkg、shp 或 xlsx",
			"layers as a file with exactly the fields the reader may see; {layer} is a name, several with commas between, or all; several need gpkg, shp or xlsx",
		},
		handle: (*call).exportLayers,
	},
}

var exportParams = []param{
	yearParam, parkParam,
	{name: "format", kind: wordParam, words: export.FormatNames(), standard: export.Formats[0].Name, doc: words{"文件格式", "file format"}},
	{name: "crs", kind: wordParam, words: systemNames(), doc: words{"坐标系，缺省为格式自身的", "coordinate system; the format's own by default"}},
	{name: "encoding", kind: wordParam, words: []string{"utf-8", "gb18030"}, doc: words{"Shapefile 属性的编码，缺省 utf-8", "encoding of a shapefile's texts, utf-8 by default"}},
	{name: "codes", kind: flagParam, doc: words{"csv 和 xlsx 保留代码和全部小数位", "keep codes and all digits in csv and xlsx"}},
	{name: "shape", kind: flagParam, standard: "true", doc: words{"csv 和 xlsx 是否带界址列", "whether csv and xlsx hold the shape"}},
}

func systemNames() []string {
	names := []string{layerfile.CRSName(geo.CRS84)}
	for _, crs := range geo.Systems() {
		names = append(names, layerfile.CRSName(crs))
	}
	return names
}

func exportMedia() []string {
	types := make([]string, len(export.Formats))
	for i, f := range export.Formats {
		types[i] = f.MediaType
	}
	return types
}

// exportList says what this reader can export.
type exportList struct {
	Layers  []string    `json:"layers"`
	Formats []formatDoc `json:"formats"`
	Systems []string    `json:"systems"`
}

type formatDoc struct {
	Name      string `json:"name"`
	Title     string `json:"title"`
	Extension string `json:"extension"`
	MediaType string `json:"media_type"`
	Several   bool   `json:"several"` // whether a file holds several layers
}

func (c *call) exports() error {
	doc := exportList{Systems: systemNames()}
	for _, l := range layers.All {
		if _, ok := c.image.Table(c.audience, l.Name); ok {
			doc.Layers = append(doc.Layers, l.Name)
		}
	}
	for _, f := range export.Formats {
		doc.Formats = append(doc.Formats, formatDoc{f.Name, f.Title, f.Extension, f.MediaType, f.HoldsLayers()})
	}
	return c.json(doc)
}

// exportLayers writes layers into a file and sends it. The file is made first, so that the answer is whole or a problem.
func (c *call) exportLayers() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	job, err := c.exportJob()
	if err != nil {
		return err
	}
	name := fmt.Sprintf("muchan-%s-%d.%s", strings.ReplaceAll(c.path("layer"), ",", "-"), c.image.Scores.Year, job.Format.Extension)
	if c.headOfFile(job.Format.MediaType, name) {
		return nil
	}
	end, err := c.beginExport()
	if err != nil {
		return err
	}
	defer end()
	dir, err := os.MkdirTemp("", "muchan-export-") // for its owner alone
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "export."+job.Format.Extension)
	if _, err := job.Write(c.r.Context(), path); err != nil {
		return refusedExport(err)
	}
	return c.file(path)
}

// exportJob reads layers and form from the request.
func (c *call) exportJob() (*export.Job, error) {
	format, _ := export.FormatByName(c.text("format")) // one of the words
	job := &export.Job{Format: format, Encoding: c.text("encoding"), Codes: c.text("codes") == "true", NoShape: c.text("shape") == "false", About: c.about()}
	if name := c.text("crs"); name != "" {
		crs, err := layerfile.ParseCRS(name)
		if err != nil {
			return nil, badParameter("crs", words{"没有这个坐标系", "there is no such coordinate system"})
		}
		job.CRS = crs
	}
	if park := c.text("park"); park != "" {
		job.Keep = export.InParks(c.image.Snapshot, []string{park})
	}
	var err error
	if job.Tables, err = c.exportTables(); err != nil {
		return nil, err
	}
	if len(job.Tables) > 1 && !format.HoldsLayers() {
		return nil, badParameter("format", words{"该格式一个文件只能放一个图层", "a file of this format holds one layer"})
	}
	return job, nil
}

func (c *call) exportTables() (tables []*layers.Table, err error) {
	if c.path("layer") == "all" {
		for _, l := range layers.All {
			if t, ok := c.image.Table(c.audience, l.Name); ok {
				tables = append(tables, t)
			}
		}
		return tables, nil
	}
	for _, name := range strings.Split(c.path("layer"), ",") {
		t, err := c.layer(name)
		if err != nil {
			return nil, err
		}
		if slices.Contains(tables, t) {
			return nil, notFound("图层重复", "a layer stands twice")
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// refusedExport is the answer when a file cannot be written: because the rows do not fit the format, or for a cause of our own.
func refusedExport(err error) error {
	if layerfile.DoesNotFit(err) {
		return &fault{status: http.StatusUnprocessableEntity, code: "does_not_fit", cause: err, reason: shortened(err.Error()), detail: words{
			"数据放不进这种格式：" + cmp.Or(layerfile.UnfitZh(err), "原因见 reason（英文），请换一种格式"), "the data do not fit this format: " + shortened(err.Error()),
		}}
	}
	return err
}

// about is what a file or page says of itself.
func (c *call) about() export.About {
	return export.About{
		Title: c.s.Name, Notice: c.notice().Zh, Year: c.image.Scores.Year, AsOf: c.image.Snapshot.AsOf.String(), Version: c.image.Snapshot.Version,
		Rules: c.image.Scores.Rules,
	}
}

// The limits of exports: how many are made at once, for readers who signed in and for others, how long one waits for its turn, and how
// long a slow reader may take.
const (
	maxExports   = 2
	maxStrangers = 1
	exportWait   = 10 * time.Second
	exportWrite  = 15 * time.Minute
)

var errExportsBusy = &fault{status: http.StatusServiceUnavailable, code: "busy", wait: exportWait, detail: words{
	"正在制作的导出文件较多，请稍后再试", "many exports are being made; try again in a moment",
}}

// beginExport waits for one of the places and returns what gives it back.
func (c *call) beginExport() (end func(), err error) {
	places := c.s.strangers
	if c.who.Name != "" {
		places = c.s.exporting
	}
	ctx, cancel := context.WithTimeout(c.r.Context(), c.s.exportWait)
	defer cancel()
	if places.begin(ctx) != nil {
		return nil, errExportsBusy
	}
	// Large files take longer than other answers may; a writer without deadlines, as in tests, has nothing to move.
	_ = http.NewResponseController(c.w).SetWriteDeadline(time.Now().Add(exportWrite))
	return places.end, nil
}

// headOfFile gives the answer its type and file name, and reports whether that is all that was asked for: nothing is made for a HEAD.
func (c *call) headOfFile(mediaType, name string) bool {
	c.w.Header().Set("Content-Type", mediaType)
	c.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	if c.r.Method != http.MethodHead {
		return false
	}
	c.w.WriteHeader(http.StatusOK)
	return true
}

// file sends a file.
func (c *call) file(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	c.w.Header().Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	c.w.WriteHeader(http.StatusOK)
	_, err = io.Copy(c.w, f)
	return gone(err)
}
