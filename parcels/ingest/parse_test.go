package ingest_test

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"muchan/geo/kept"
	"muchan/geo/layerfile"
	"muchan/parcels/ingest"
)

func TestParseNumber(t *testing.T) {
	for s, want := range map[string]float64{
		"1": 1, "-1.5": -1.5, "+3": 3, "1,234": 1234, "1,234,567.89": 1234567.89, "１２３．４": 123.4, "１，２３４": 1234, " 7 ": 7, ".5": 0.5, "5.": 5,
		"1e3": 1000, "1.5E-2": 0.015, "−2": -2, "－2": -2, "0012": 12,
	} {
		if got, ok := ingest.ParseNumber(s); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "-", "1,5", "1,23", "12,34,567", "0x10", "inf", "NaN", "1e999", "1 000", "12万", "1.2.3", "1e", "e5", "--1", "1_000", "½", "²", "一百"} {
		if got, ok := ingest.ParseNumber(s); ok {
			t.Errorf("%q is taken for %v", s, got)
		}
	}
}

func TestParseDay(t *testing.T) {
	for _, tc := range []struct {
		v    any
		want string
	}{
		{"2021-06-30", "2021-06-30"},
		{"2021/6/3", "2021-06-03"},
		{"2021.6.3", "2021-06-03"},
		{"20210630", "2021-06-30"},
		{"2021年6月30日", "2021-06-30"},
		{"２０２１年６月３０", "2021-06-30"},
		{"2021-06-30 00:00:00", "2021-06-30"},
		{"2021-06-30T00:00:00Z", "2021-06-30"},
		{"2020-02-29", "2020-02-29"},
		{"44377", "2021-06-30"},
		{layerfile.Number("44377"), "2021-06-30"},
		{layerfile.Number("20210630"), "2021-06-30"},
		{"2021-02-29", ""},
		{"2021-13-01", ""},
		{"2021-6", ""},
		{"2021", ""},
		{layerfile.Number("2021"), ""},
		{"30.06.2021", ""},
		{"2021-06-30 13:30:00", ""},
		{"1899-12-31", ""},
		{"44377.5", ""},
		{true, ""},
		{"", ""},
	} {
		got, ok := ingest.ParseDay(tc.v, false)
		if got.String() != tc.want || ok != (tc.want != "") {
			t.Errorf("%v: %s %v, want %q", tc.v, got, ok, tc.want)
		}
	}
	if got, _ := ingest.ParseDay("42915", true); got.String() != "2021-06-30" {
		t.Errorf("1904: %s", got)
	}
}

func TestParseFlag(t *testing.T) {
	for s, want := range map[string]string{"是": "true", "TRUE": "true", "Yes": "true", "1": "true", "１": "true", "否": "false", "no": "false", "0": "false", "": "", "2": "", "maybe": ""} {
		got, ok := ingest.ParseFlag(s)
		if (want == "") == ok || ok && strconv.FormatBool(got) != want {
			t.Errorf("%q: %v %v", s, got, ok)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1", "-1,234.5", "１２", "1e3", "1,5", "0x1p-2", "inf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ingest.ParseNumber(s)
		if !ok {
			return
		}
		again, ok := ingest.ParseNumber(strconv.FormatFloat(n, 'f', -1, 64))
		if !ok || again != n || math.IsInf(n, 0) || math.IsNaN(n) {
			t.Fatalf("%q is %v, then %v", s, n, again)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2021-06-30", "20210630", "2021年6月30日", "44377", "2021/6/3"} {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, date1904 bool) {
		d, ok := ingest.ParseDay(s, date1904)
		if !ok {
			return
		}
		if again, ok := ingest.ParseDay(d.String(), date1904); !ok || again != d {
			t.Fatalf("%q is %s, then %s", s, d, again)
		}
	})
}

// FuzzHeader: whatever the header and the mapping are, every column of the file is read, noted or refused.
func FuzzHeader(f *testing.F) {
	kept.Add(f)
	f.Add("uscc,year,output_wan", "", "")
	f.Add("统一社会信用代码,年度,工业总产值(元)", "年度", "year")
	f.Add("ＵＳＣＣ,year,year（年）,[万元],\"a\"\"b\"", "x", "-")
	path := filepath.Join(f.TempDir(), "a.csv")
	f.Fuzz(func(t *testing.T, header, from, to string) {
		writeTo(t, path, header+"\n1,2,3\n")
		_, report, err := ingest.Read(t.Context(), "figures", []string{path}, ingest.Options{Map: map[string]string{from: to}})
		if err == nil || report == nil || report.Errors() == 0 {
			t.Fatalf("a credit code of 1 passed: %v", report)
		}
		if strings.Contains(report.String(), "%!") && !strings.Contains(header+"\n"+from+"\n"+to, "%!") {
			t.Fatalf("a message is malformed: %s", report)
		}
	})
}
