package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"muchan/geo/layerfile"
	"muchan/parcels"
	"muchan/parcels/ingest"
)

// Intake is where imports go. Every parcels.Store is one.
type Intake interface {
	ingest.Keeper
	Version(ctx context.Context) (int64, error)
	Apply(ctx context.Context, c parcels.Change) (parcels.Receipt, error)
	Undo(ctx context.Context, u parcels.Undo) (parcels.Receipt, error)
	Changes(ctx context.Context, limit int) ([]parcels.ChangeEntry, error)
}

const bytesType = "application/octet-stream"

var importRoutes = []route{
	{
		method: get, pattern: "/api/v1/imports", who: admins, cache: neverKept, secret: true, tag: "admin", answer: importList{},
		doc: words{"待导入的文件，及可用的格式", "files that wait to be taken over, and the formats that can be read"}, handle: (*call).imports,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/imports", who: admins, cache: neverKept, secret: true, tag: "admin", answer: importDoc{}, upload: true,
		params: []param{
			{name: "kind", kind: wordParam, words: ingest.Kinds(), doc: words{"数据种类（必填）", "kind of rows (required)"}},
			{name: "name", kind: textParam, min: 1, max: 200, doc: words{"文件名，扩展名决定格式（必填）", "file name, whose extension tells the format (required)"}},
		},
		doc: words{"上传一个文件，返回预览；不写入数据", "upload a file and get its preview; nothing is written"}, handle: (*call).upload,
	},
	{
		method: get, pattern: "/api/v1/imports/{id}", who: admins, cache: neverKept, secret: true, tag: "admin", answer: importDoc{},
		doc: words{"预览：行、字段对应、坐标系、范围、问题、与现有数据的差异", "preview: rows, mapping, coordinate system, outline, problems, difference to what is stored"}, handle: (*call).oneImport,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/imports/{id}", who: admins, cache: neverKept, secret: true, tag: "admin", answer: importDoc{},
		body: optionsSchema(), doc: words{"用其他选项重新读取，返回预览", "read it again with other options"}, handle: (*call).setImport,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/imports/{id}/apply", who: admins, cache: neverKept, secret: true, tag: "admin", answer: importDoc{},
		body: schema{
			"type": "object", "additionalProperties": false, "required": []string{"content"},
			"properties": schema{
				"content": schema{"type": "string"}, "crs_confirmed": schema{"type": "boolean"}, "why": schema{"type": "string", "maxLength": 500},
			},
		},
		doc: words{
			"写入预览的内容；内容已变则返回 409；推断的坐标系须确认", "take over what the preview showed; 409 when that changed; an assumed coordinate system has to be confirmed",
		},
		handle: (*call).applyImport,
	},
	{
		method: get, pattern: "/api/v1/imports/{id}/refused", who: admins, cache: neverKept, secret: true, tag: "admin", media: bytesType,
		doc: words{"写入时略过的行（没有正确的行时为全部），与原文件同格式，附原因", "the rows left out by applying, or all where none is good, in the file's own format, with the reason of each"}, handle: (*call).refusedRows,
	},
	{
		method: http.MethodDelete, pattern: "/api/v1/imports/{id}", who: admins, cache: neverKept, tag: "admin",
		doc: words{"放弃一个待导入文件", "discard a file"}, handle: (*call).discardImport,
	},
}

func optionsSchema() schema {
	text, pairs := schema{"type": "string"}, schema{"type": "object", "additionalProperties": schema{"type": "string"}}
	return schema{
		"type": "object", "additionalProperties": false,
		"properties": schema{
			"crs": text, "encoding": text, "sheet": text, "map": pairs, "set": pairs, "skip_bad": schema{"type": "boolean"}, "relate": schema{"type": "boolean"},
			"straddle": schema{"type": "string", "enum": ingest.Straddles}, "doubles": schema{"type": "string", "enum": ingest.DoublesWords},
		},
	}
}

type importList struct {
	MaxBytes int64       `json:"max_bytes"`
	Formats  []string    `json:"formats"` // extensions
	Bridged  []string    `json:"bridged"` // formats read through an installed GDAL
	Rows     []importDoc `json:"rows"`    // without preview
}

func (c *call) imports() error {
	list := importList{MaxBytes: c.s.staging.most, Formats: layerfile.Extensions(), Bridged: layerfile.Bridged(), Rows: []importDoc{}}
	if list.Bridged == nil {
		list.Bridged = []string{}
	}
	if c.s.staging.dir == "" || c.s.Intake == nil {
		return errNoImports
	}
	for _, f := range c.s.staging.list() {
		f.mu.Lock()
		doc := headOf(f)
		if f.doc != nil {
			doc.State, doc.Rows, doc.Errors, doc.Warnings, doc.Accepted = f.doc.State, f.doc.Rows, f.doc.Errors, f.doc.Warnings, f.doc.Accepted
		}
		f.mu.Unlock()
		list.Rows = append(list.Rows, *doc)
	}
	return c.json(list)
}

// upload receives a file and prepares it.
func (c *call) upload() error {
	if c.s.Intake == nil {
		return errNoImports
	}
	if t, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type")); err != nil || t != bytesType {
		return &fault{status: http.StatusUnsupportedMediaType, code: "unsupported_media_type", detail: words{
			"请求内容应为文件本身（application/octet-stream）", "the body must be the file itself (application/octet-stream)",
		}}
	}
	for _, name := range []string{"kind", "name"} {
		if c.text(name) == "" {
			return badParameter(name, words{"必填", "it is required"})
		}
	}
	if err := c.record("upload", c.text("kind")+" "+c.text("name")); err != nil {
		return err
	}
	c.allowTime(stagedTime)
	f, err := c.s.staging.receive(c.text("kind"), filepath.Base(c.text("name")), c.who.Name, http.MaxBytesReader(c.w, c.body, c.s.staging.most))
	if err != nil {
		return err
	}
	f.options = importOptions{CRS: layerfile.DetectCRS, Relate: true, Straddle: ingest.StraddleFlag, Doubles: ingest.DoublesLeave}
	return c.answerImport(f)
}

// allowTime gives this request more time than others have. A connection that cannot be told keeps the usual time.
func (c *call) allowTime(d time.Duration) {
	rc, until := http.NewResponseController(c.w), time.Now().Add(d)
	_ = rc.SetReadDeadline(until)
	_ = rc.SetWriteDeadline(until)
}

// waiting finds the file of the address and holds it until done is called.
func (c *call) waiting() (f *staged, done func(), err error) {
	if c.s.Intake == nil {
		return nil, nil, errNoImports
	}
	if f, err = c.s.staging.find(c.path("id")); err != nil {
		return nil, nil, err
	}
	f.mu.Lock()
	if f.gone {
		f.mu.Unlock()
		return nil, nil, notFound("没有这个待导入文件", "no such file waits")
	}
	return f, f.mu.Unlock, nil
}

func (c *call) oneImport() error {
	f, done, err := c.waiting()
	if err != nil {
		return err
	}
	defer done()
	if f.doc == nil {
		return notFound("文件尚未读取", "the file was not read yet")
	}
	return c.json(f.doc)
}

func (c *call) setImport() error {
	var options importOptions
	if err := c.readBody(&options); err != nil {
		return err
	}
	f, done, err := c.waiting()
	if err != nil {
		return err
	}
	if f.receipt != nil {
		done()
		return errApplied
	}
	f.options = options
	done()
	return c.answerImport(f)
}

// answerImport prepares a file and answers with its preview.
func (c *call) answerImport(f *staged) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := c.prepareImport(f, ""); err != nil {
		return err
	}
	return c.json(f.doc)
}

// prepareImport reads a file anew, compares it with the store, and keeps what there is to show. What makes a file refused is shown, not
// an error.
func (c *call) prepareImport(f *staged, why string) (*ingest.Staged, error) {
	c.allowTime(stagedTime)
	if err := c.s.staging.take(c.r.Context().Done()); err != nil {
		return nil, err
	}
	defer c.s.staging.giveBack()
	version, err := c.s.Intake.Version(c.r.Context())
	if err != nil {
		return nil, err
	}
	o := &f.options
	s, err := ingest.Prepare(c.r.Context(), c.s.Intake, f.Kind, f.path, ingest.Options{
		CRS: o.CRS, Encoding: o.Encoding, Sheet: o.Sheet, Map: o.Map, Set: o.Set, SkipBad: o.SkipBad, Relate: o.Relate, Straddle: o.Straddle, Doubles: o.Doubles,
		Name: f.Name, Who: c.who.Name, Why: why, When: c.s.Now().In(zone), Preview: shownRows,
	})
	if s.Report == nil || err != nil && !errors.Is(err, parcels.ErrRefused) {
		return nil, err
	}
	doc := headOf(f)
	doc.Version = version
	doc.describe(s)
	f.prepare, f.reasons = nil, nil
	if err == nil {
		doc.compare(s)
	} else if len(s.Reasons) > 0 { // no row is good: what is refused is all of it, and nothing will be applied
		f.keepRefused(doc, s)
	}
	f.doc = doc
	return s, nil
}

var (
	errApplied = &fault{status: http.StatusConflict, code: "applied", detail: words{"该文件已导入", "the file was taken over already"}}
	errMoved   = &fault{status: http.StatusConflict, code: "changed", detail: words{
		"内容与预览不同（文件选项或现有数据已变），请重新查看预览", "this is not what the preview showed: options or stored data changed; look at the preview again",
	}}
	errNotConfirmed = &fault{status: http.StatusUnprocessableEntity, code: "crs_not_confirmed", parameter: "crs_confirmed", detail: words{
		"坐标系是按坐标数值推断的，请在地图上核对范围后确认", "the coordinate system is a conclusion from magnitudes: check the outline on the map and confirm it",
	}}
	errBadFile = &fault{status: http.StatusUnprocessableEntity, code: "refused", detail: words{
		"文件有错误，不能写入；请更正，或选择略过错误行", "the file has errors and cannot be taken over: correct it, or leave bad rows out",
	}}
)

// applyImport takes over exactly what the preview showed.
func (c *call) applyImport() error {
	var b struct {
		Content   string `json:"content"`
		Confirmed bool   `json:"crs_confirmed"`
		Why       string `json:"why"`
	}
	if err := c.readBody(&b); err != nil {
		return err
	}
	f, done, err := c.waiting()
	if err != nil {
		return err
	}
	defer done()
	if f.receipt != nil {
		return errApplied
	}
	s, err := c.prepareImport(f, b.Why)
	switch {
	case err != nil:
		return err
	case f.doc.State != "ready":
		return errBadFile
	case f.doc.Content != b.Content:
		return errMoved
	case f.doc.CRSAssumed && !b.Confirmed:
		return errNotConfirmed
	}
	if err := c.record("import", fmt.Sprintf("%s %s %s", f.Kind, f.Name, f.doc.Content)); err != nil {
		return err
	}
	receipt, err := c.s.Intake.Apply(c.r.Context(), s.Change)
	if err != nil {
		return err
	}
	f.receipt = &receipt
	f.doc.State, f.doc.Receipt = "applied", receiptDoc(receipt)
	s.Change, s.Plan = parcels.Change{}, nil // their rows are many, and stored now
	f.keepRefused(f.doc, s)
	return c.json(f.doc)
}

// keepRefused keeps what it takes to write the rows that were left out, and says where they are to be had.
func (f *staged) keepRefused(doc *importDoc, s *ingest.Staged) {
	f.prepare, f.reasons = s, s.Reasons
	if n := len(f.reasons); n > 0 {
		doc.Refused = &refusedRowsDoc{n, "/api/v1/imports/" + f.ID + "/refused"}
	}
}

// refusedRows answers with the rows that were left out.
func (c *call) refusedRows() error {
	f, done, err := c.waiting()
	if err != nil {
		return err
	}
	defer done()
	if len(f.reasons) == 0 {
		return notFound("没有略过的行", "no rows were left out")
	}
	to := filepath.Join(filepath.Dir(f.path), "refused"+ingest.RefusedFormat(f.path))
	if _, err := f.prepare.WriteRefused(c.r.Context(), to); err != nil {
		return err
	}
	return c.sendFile(to, f.Name+".refused"+filepath.Ext(to))
}

// sendFile answers with a file to be saved.
func (c *call) sendFile(path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("send a file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("send a file: %w", err)
	}
	h := c.w.Header()
	h.Set("Content-Type", bytesType)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	h.Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	c.w.WriteHeader(http.StatusOK)
	_, err = io.Copy(c.w, f)
	return gone(err)
}

func (c *call) discardImport() error {
	if c.s.Intake == nil {
		return errNoImports
	}
	f, err := c.s.staging.find(c.path("id"))
	if err != nil {
		return err
	}
	if err := c.record("discard", f.Kind+" "+f.Name); err != nil {
		return err
	}
	c.s.staging.discard(f)
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
