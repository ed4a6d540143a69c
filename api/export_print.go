package api

import (
	"fmt"
	"slices"

	"muchan/parcels"
	"muchan/tiles/layers"
	"muchan/tiles/report"
)

const pdfType = "application/pdf"

var printRoutes = []route{
	{
		method: get, pattern: "/api/v1/exports/dossiers/{code}.pdf", who: anyone, cache: neverKept, image: true, secret: true, export: true, tag: "export",
		media: pdfType, params: []param{yearParam, tongueParam},
		doc: words{"宗地档案（一地一档）PDF，只含读者可见的内容", "a parcel's dossier as PDF, with what the reader may see"}, handle: (*call).dossier,
	},
	{
		method: get, pattern: "/api/v1/exports/exit-candidates.pdf", who: analysts, cache: neverKept, image: true, secret: true, export: true, tag: "export",
		media: pdfType, params: []param{yearParam, parkParam, tongueParam},
		doc: words{"疑似退出候选名单 PDF", "the list of suspected exit candidates as PDF"}, handle: (*call).exitList,
	},
}

// tongueParam is the language of what is printed. It goes by no header: a paper has to be the same for everybody who follows the link.
var tongueParam = param{name: "lang", kind: wordParam, words: []string{"zh", "en"}, standard: "zh", doc: words{"文件的语言", "language of the document"}}

// dossier prints everything about one parcel.
func (c *call) dossier() error {
	code := c.path("code")
	at, ok := c.image.Snapshot.ParcelIndex(code)
	if !ok {
		return notFound("没有这个宗地", "there is no such parcel")
	}
	in, err := c.reportInput(c.image.Snapshot.Parcels.At(at))
	if err != nil {
		return err
	}
	if c.audience >= layers.Viewer {
		past, err := c.image.gen.years(c.r.Context())
		if err != nil {
			return err
		}
		for _, y := range past {
			p := &y.parcels[at]
			in.Years = append(in.Years, report.Year{Year: y.year, Class: p.class, Tax: p.tax, Output: p.output, ValueAdded: p.valueAdded})
		}
	}
	d, err := report.NewDossier(in, code)
	if err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	return c.print(d, fmt.Sprintf("muchan-%s-%d.pdf", code, c.image.Scores.Year))
}

// exitList prints the list of suspected exit candidates.
func (c *call) exitList() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	in, err := c.reportInput(nil)
	if err != nil {
		return err
	}
	var parks []string
	if park := c.text("park"); park != "" {
		parks = []string{park}
	}
	list, err := report.NewExitList(in, parks)
	if err != nil {
		return fmt.Errorf("exit list: %w", err)
	}
	return c.print(list, fmt.Sprintf("muchan-exit-candidates-%d.pdf", c.image.Scores.Year))
}

// reportInput is what pages are made from: the image as the reader may see it, and for an analyst the cases of one parcel and those it
// came from, or of all.
func (c *call) reportInput(p *parcels.Parcel) (report.Input, error) {
	in := report.Input{Scores: c.image.Scores, Tables: c.image.tables.For(c.audience), About: c.about(), English: c.text("lang") == "en"}
	if c.audience < layers.Analyst {
		return in, nil
	}
	subjects := []string{""}
	if p != nil {
		subjects = append([]string{p.Code}, p.Parents...)
	}
	for _, subject := range slices.Compact(subjects) {
		cases, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{Kinds: parcels.CaseKinds, Subject: subject})
		if err != nil {
			return in, err
		}
		in.Cases = append(in.Cases, cases...)
	}
	return in, nil
}

// print sends a document as a file.
func (c *call) print(d interface{ PDF() ([]byte, error) }, name string) error {
	if c.headOfFile(pdfType, name) {
		return nil
	}
	end, err := c.beginExport()
	if err != nil {
		return err
	}
	defer end()
	pdf, err := d.PDF()
	if err != nil {
		return err
	}
	return c.bytes(pdfType, pdf)
}
