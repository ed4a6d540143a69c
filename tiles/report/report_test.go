package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/demotest"
	"muchan/tiles/export"
	"muchan/tiles/layers"
	"muchan/tiles/report"
)

// input is the demonstration of 2025 for an audience, with a case about its worst exit candidate.
func input(t testing.TB, audience layers.Audience) report.Input {
	t.Helper()
	scores, err := demotest.Scores(2025)
	if err != nil {
		t.Fatal(err)
	}
	return inputOf(t, scores, audience)
}

func inputOf(t testing.TB, scores *scoring.Scores, audience layers.Audience) report.Input {
	t.Helper()
	results, err := scoring.EncodeResults(scores)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := layers.Build(scores.Snapshot(), scores, []parcels.Run{{ID: "2024-1", Year: 2024, Results: results}}, audience)
	if err != nil {
		t.Fatal(err)
	}
	worst := scores.Snapshot().Parcels.At(scores.Exit[0].Parcel).Code
	at := time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
	return report.Input{
		Scores: scores, Tables: tables,
		About: export.About{Title: "亩产", Notice: "示例数据，全部虚构", Year: scores.Year, AsOf: scores.AsOf.String(), Version: scores.Version, Rules: scores.Rules},
		Cases: []parcels.Matter{{ID: "exit-" + worst + "-1", Kind: parcels.MatterExit, Subject: worst, State: parcels.CaseWarned, Acts: []parcels.Act{
			{Seq: 1, Act: parcels.ActOpen, On: parcels.MustDate("2026-03-01"), Who: "张三", At: at, Note: "列入名单后立案"},
			{Seq: 2, Act: parcels.ActWarn, On: parcels.MustDate("2026-03-05"), Who: "李四", At: at, Note: "书面预警", Document: "演预〔2026〕1号"},
		}}},
	}
}

func dossier(t testing.TB, in report.Input, code string) []byte {
	t.Helper()
	d, err := report.NewDossier(in, code)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := d.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// poppler runs one of poppler's programs on a document.
func poppler(t testing.TB, pdf []byte, program string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, path)
	if program == "pdftotext" {
		args = append(args, "-")
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "Syntax Error") || strings.Contains(string(out), "Syntax Warning") {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// textOf is what a person can copy out of a document, line ends and blanks left out.
func textOf(t testing.TB, pdf []byte, args ...string) string {
	t.Helper()
	return squeezed(poppler(t, pdf, "pdftotext", append([]string{"-raw"}, args...)...))
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\r\f\t\u3000", r) {
			return -1
		}
		return r
	}, s)
}

func mustHold(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, squeezed(want)) {
			t.Errorf("the document does not say %q", want)
		}
	}
}

func worst(in report.Input) (parcel *parcels.Parcel, at int) {
	at = in.Scores.Exit[0].Parcel
	return in.Scores.Snapshot().Parcels.At(at), at
}

func TestDossierOfAnAnalyst(t *testing.T) {
	in := input(t, layers.Analyst)
	p, at := worst(in)
	in.Years = []report.Year{report.YearOf(in.Scores, at), {Year: 2019, Class: scoring.ClassC}}
	text := textOf(t, dossier(t, in, p.Code))
	firm := in.Scores.Snapshot().Firms[in.Scores.Parcels[at].Firms[0].Firm]
	mustHold(t, text, p.Code, p.Address, firm.Name, firm.USCC, p.Contract.Number, "示例数据，全部虚构", "疑似退出候选", "书面预警", "演预〔2026〕1号", "处置台账",
		"晚 276 天", "EPSG:4549", "比例尺 1:", "不是认定", "2019 C — — —", "低效本身不构成无偿收回依据")
	tests, _ := in.Scores.ExitTests(at)
	for _, test := range tests {
		mustHold(t, text, scoring.MetricTitle(test.Metric).Zh, test.Clause)
	}
	for _, f := range in.Scores.Parcels[at].Findings {
		mustHold(t, text, f.Title().Zh, f.Why.Zh)
	}
	for _, e := range in.Scores.Explain(p.Code) {
		mustHold(t, text, e.Title)
	}
}

// The coordinates printed are those that another program, PROJ, gives for the corners.
func TestBoundaryPointsAgreeWithPROJ(t *testing.T) {
	in := input(t, layers.Public)
	p, _ := worst(in)
	text := textOf(t, dossier(t, in, p.Code))
	names, _, corners, _ := report.Points(p.Shape)
	var places strings.Builder
	for _, c := range corners {
		fmt.Fprintf(&places, "%.12f %.12f\n", c[0], c[1])
	}
	cmd := exec.Command("gdaltransform", "-s_srs", "OGC:CRS84", "-t_srs", "+proj=tmerc +lon_0=120 +k=1 +x_0=500000 +ellps=GRS80 +units=m", "-output_xy")
	cmd.Stdin = strings.NewReader(places.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(names) || len(names) < 3 {
		t.Fatalf("%d corners, PROJ gives %d", len(names), len(lines))
	}
	for i, line := range lines {
		var x, y float64
		if _, err := fmt.Sscan(line, &x, &y); err != nil {
			t.Fatal(err)
		}
		mustHold(t, text, names[i]+strconv.FormatFloat(y, 'f', 3, 64)+strconv.FormatFloat(x, 'f', 3, 64))
	}
}

// Every page says of when it is, by which rules, and which page of how many.
func TestEveryPageSaysWhatItIs(t *testing.T) {
	in := input(t, layers.Analyst)
	p, _ := worst(in)
	list, err := report.NewExitList(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	listed, err := list.PDF()
	if err != nil {
		t.Fatal(err)
	}
	for name, pdf := range map[string][]byte{"dossier": dossier(t, in, p.Code), "exit list": listed} {
		pages := regexp.MustCompile(`Pages:\s+(\d+)`).FindStringSubmatch(poppler(t, pdf, "pdfinfo"))
		n, _ := strconv.Atoi(pages[1])
		if n < 2 {
			t.Errorf("%s: %d pages", name, n)
		}
		set := in.Scores.RuleSet(scoring.KindExit, in.Scores.Exit[0].Parcel)
		for page := 1; page <= n; page++ {
			text := textOf(t, pdf, "-f", fmt.Sprint(page), "-l", fmt.Sprint(page))
			mustHold(t, text, fmt.Sprintf("第 %d 页 / 共 %d 页", page, n), "数据截至 2026-06-30", "快照第 9 版", "2025 年度数据", "示例数据，全部虚构", set.ID+"@"+set.Hash[:8])
		}
		fonts := strings.Split(strings.TrimSpace(poppler(t, pdf, "pdffonts")), "\n")[2:]
		if len(fonts) != 1 || !regexp.MustCompile(`yes +yes +yes`).MatchString(fonts[0]) {
			t.Errorf("%s: fonts are not embedded, cut down and readable: %q", name, fonts)
		}
	}
}

// secrets are what only analysts may read of a parcel: its firms and every amount, as the analyst's dossier writes them.
func secrets(in report.Input, at int) []string {
	snap := in.Scores.Snapshot()
	p, s := snap.Parcels.At(at), &in.Scores.Parcels[at]
	var list []string
	for _, share := range s.Firms {
		list = append(list, snap.Firms[share.Firm].Name, snap.Firms[share.Firm].USCC)
	}
	for _, o := range []parcels.Opt[parcels.Wan]{p.Contract.PriceWan, p.Contract.FAIWan, p.Contract.AgreedFAIWan, s.TaxWan, s.OutputWan} {
		if v, ok := o.Get(); ok && v.Float() > 1000 {
			list = append(list, v.String()+"万元")
		}
	}
	if p.Contract.Number != "" {
		list = append(list, p.Contract.Number)
	}
	return list
}

func plain(text string) string { return strings.ReplaceAll(text, ",", "") }

// A lower audience's dossier holds nothing of a higher one's. The analyst's own is the control that the search would find it.
func TestDossiersObeyTheAudience(t *testing.T) {
	public, viewer, analyst := input(t, layers.Public), input(t, layers.Viewer), input(t, layers.Analyst)
	snap := analyst.Scores.Snapshot()
	var chosen []int
	for at := range snap.Parcels.Len() {
		if at%80 == 0 || analyst.Scores.Parcels[at].Exit >= 0 && analyst.Scores.Parcels[at].Exit < 4 {
			chosen = append(chosen, at)
		}
	}
	for _, at := range chosen {
		p := snap.Parcels.At(at)
		forPublic, forViewer, whole := textOf(t, dossier(t, public, p.Code)), textOf(t, dossier(t, viewer, p.Code)), textOf(t, dossier(t, analyst, p.Code))
		for _, secret := range secrets(analyst, at) {
			if !strings.Contains(plain(whole), secret) {
				t.Errorf("%s: the analyst's dossier lacks %s, so the search proves nothing", p.Code, secret)
			}
			for who, text := range map[string]string{"public": forPublic, "viewer": forViewer} {
				if strings.Contains(plain(text), secret) {
					t.Errorf("%s: the %s's dossier holds %s", p.Code, who, secret)
				}
			}
		}
		for _, word := range []string{"综合得分", "出让价款", "用地企业", "处置台账", "紧迫度", "书面预警", "处置路径"} {
			if strings.Contains(forViewer, word) {
				t.Errorf("%s: the viewer's dossier holds %s", p.Code, word)
			}
		}
		for _, word := range []string{"容积率", "疑似", "合同", "建筑物", "坐落", "亩均税收", "亩均产值", "土地状态"} {
			if strings.Contains(forPublic, word) {
				t.Errorf("%s: the public's dossier holds %s", p.Code, word)
			}
		}
	}
}

// Two worlds that differ only in firms' names and figures give the public the same bytes.
func TestThePublicDossierDependsOnNothingConfidential(t *testing.T) {
	in := input(t, layers.Public)
	snap := in.Scores.Snapshot()
	rows := *snap.AllRows()
	rows.Firms, rows.Figures = slices.Clone(rows.Firms), slices.Clone(rows.Figures)
	for i := range rows.Firms {
		rows.Firms[i].Name = "另一家" + rows.Firms[i].Name
	}
	for i := range rows.Figures {
		rows.Figures[i].OutputWan = parcels.Some(parcels.Wan(123_456_789))
	}
	other, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(snap.Version, snap.AsOf, rows), Year: 2025, AsOf: snap.AsOf, Rules: in.Scores.Book(),
	})
	if err != nil {
		t.Fatal(err)
	}
	changed := inputOf(t, other, layers.Public)
	changed.Tables[layers.Parcels] = withPublished(changed.Tables[layers.Parcels], in.Tables[layers.Parcels])
	for at := 0; at < snap.Parcels.Len(); at += 60 {
		code := snap.Parcels.At(at).Code
		if !bytes.Equal(dossier(t, in, code), dossier(t, changed, code)) {
			t.Errorf("%s: the public's dossier changed with figures", code)
		}
	}
}

// withPublished gives a table the published classes of another: they are public, and the test changes what led to them.
func withPublished(t, from *layers.Table) *layers.Table {
	copied := *t
	copied.Columns = slices.Clone(t.Columns)
	for _, name := range []string{"published_class", "published_year"} {
		i, _ := t.FieldIndex(name)
		copied.Columns[i] = from.Columns[i]
	}
	return &copied
}

// Every dossier of the demonstration can be drawn, twice to the same bytes, with every character it is written with.
func TestEveryDossierOfTheDemo(t *testing.T) {
	in := input(t, layers.Analyst)
	snap := in.Scores.Snapshot()
	var all strings.Builder
	for at := 0; at < snap.Parcels.Len(); at += 11 {
		pdf := dossier(t, in, snap.Parcels.At(at).Code)
		if at%110 == 0 && !bytes.Equal(pdf, dossier(t, in, snap.Parcels.At(at).Code)) {
			t.Errorf("%s: drawn twice, two results", snap.Parcels.At(at).Code)
		}
		if at%22 == 0 {
			all.WriteString(textOf(t, pdf))
		}
	}
	if strings.Contains(all.String(), "□") {
		i := strings.Index(all.String(), "□")
		t.Errorf("a character is missing from the font: …%s…", all.String()[max(0, i-60):min(all.Len(), i+60)])
	}
}

// What is not on file is a dash, never a zero.
func TestMissingIsADash(t *testing.T) {
	in := input(t, layers.Analyst)
	bare := slices.IndexFunc(in.Scores.Parcels, func(s scoring.ParcelScore) bool { return !s.TaxPerMu().OK() && !s.FAR.OK() && !s.FAIPerMu.OK() })
	if bare < 0 {
		t.Fatal("no bare land in the demonstration")
	}
	text := textOf(t, dossier(t, in, in.Scores.Parcels[bare].Code))
	mustHold(t, text, "容积率—", "亩均税收—", "投资强度—", "没有登记的建筑物")
	for _, zero := range []string{"亩均税收0", "容积率0", "投资强度0.00", "亩均税收：0"} {
		if strings.Contains(text, zero) {
			t.Errorf("a missing value is printed as %s", zero)
		}
	}
}

func TestExitList(t *testing.T) {
	in := input(t, layers.Analyst)
	list, err := report.NewExitList(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := list.PDF()
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(t, pdf)
	snap := in.Scores.Snapshot()
	parks := map[string]int{}
	for i := range in.Scores.Exit {
		p := snap.Parcels.At(in.Scores.Exit[i].Parcel)
		parks[p.Park]++
		mustHold(t, text, p.Code)
		for _, share := range in.Scores.Parcels[in.Scores.Exit[i].Parcel].Firms {
			mustHold(t, text, snap.Firms[share.Firm].Name)
		}
	}
	mustHold(t, text, "疑似", "不是认定", "已预警", "未立案", "限期整改", fmt.Sprintf("宗数%d", len(in.Scores.Exit)))
	sum := 0
	for park := range maps.Keys(parks) {
		part, err := report.NewExitList(in, []string{park})
		if err != nil || part.Len() != parks[park] {
			t.Errorf("%s: %d candidates, want %d; %v", park, part.Len(), parks[park], err)
		}
		sum += part.Len()
	}
	if list.Len() != sum || sum == 0 {
		t.Errorf("%d candidates, the parks have %d", list.Len(), sum)
	}
	for _, low := range []layers.Audience{layers.Public, layers.Viewer} {
		if _, err := report.NewExitList(input(t, low), nil); !errors.Is(err, report.ErrAudience) {
			t.Errorf("%s: %v", low, err)
		}
	}
}

func TestUnknownParcel(t *testing.T) {
	if _, err := report.NewDossier(input(t, layers.Admin), "350000000000GB00000"); !errors.Is(err, report.ErrUnknown) {
		t.Errorf("got %v", err)
	}
}
