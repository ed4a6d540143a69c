package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// The terminal and the API say the same: both read the one what-if, and the migration's counts add up to the firms there are.
func TestScoreWhatIf(t *testing.T) {
	_, data := demo(t)
	args := []string{
		"score", "what-if", "--year", "2025", "--as-of", demoDay, "--data", data,
		"evaluation.default:evaluation.cohorts.above_scale.indicators.I1.weight=40", "--normalise",
	}
	var result struct {
		Firms struct {
			Moved int
			Cells []struct {
				From, To string
				Count    int
			}
		}
		FirmChanges []struct{ USCC string } `json:"firm_changes"`
	}
	if err := json.Unmarshal([]byte(must(t, append(args, "--json")...)), &result); err != nil {
		t.Fatal(err)
	}
	all, moved := 0, 0
	for _, c := range result.Firms.Cells {
		all += c.Count
		if c.From != c.To {
			moved += c.Count
		}
	}
	if all != 420 || moved == 0 || moved != result.Firms.Moved || moved != len(result.FirmChanges) {
		t.Errorf("%d firms, %d moved, %+v", all, moved, result)
	}
	table := must(t, args...)
	if got := strings.Count(table, "→"); got < 2*moved || !strings.Contains(table, "企业 等级变化") {
		t.Errorf("the table shows %d arrows for %d firms:\n%s", got, moved, table)
	}
}

func TestScoreMatchAndExplain(t *testing.T) {
	_, data := demo(t)
	base := []string{"--year", "2025", "--as-of", demoDay, "--data", data}
	var rows []struct {
		Rank  int
		Code  string
		Score float64
	}
	out := must(t, append([]string{"score", "match", "--industry", "1951", "--need-mu", "20", "--limit", "5", "--json"}, base...)...)
	if err := json.Unmarshal([]byte(out), &rows); err != nil || len(rows) != 5 {
		t.Fatalf("%v: %s", err, out)
	}
	for i := 1; i < len(rows); i++ {
		if rows[i].Rank != i+1 || rows[i].Score > rows[i-1].Score {
			t.Errorf("row %d is %+v after %+v", i, rows[i], rows[i-1])
		}
	}
	text := must(t, append([]string{"score", "explain", rows[0].Code}, base...)...)
	english := must(t, append([]string{"score", "explain", rows[0].Code, "--english"}, base...)...)
	if !strings.Contains(text, "用地面积") || !strings.Contains(text, "国土资源部令第53号") || !strings.Contains(english, "Floor-area ratio") {
		t.Errorf("the explanations read\n%s\n%s", text, english)
	}
}

// What is wrong with an argument is said, with exit code 2 where the usage is wrong.
func TestScoreRefuses(t *testing.T) {
	_, data := demo(t)
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"what-if", 2, "nothing is to be different"},
		{"what-if evaluation.default", 2, "SET:PATH=VALUE"},
		{"what-if none:a=1", 1, "none"},
		{"what-if --edit parcels|x", 2, "TABLE|KEY|COLUMN=VALUE"},
		{"what-if evaluation.default:evaluation.cohorts.above_scale.indicators.I1.weight=40", 1, "100"},
		{"match --need-mu -3", 2, "above 0"},
		{"match --firm 91359900MA000000XX", 1, "no such firm"},
		{"explain 350502999001GB99999", 1, "no parcel"},
		{"nonsense", 2, "no command"},
	} {
		code, _, stderr := muchan(t, append([]string{"score", "--data", data, "--as-of", demoDay}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: code %d, want %d; says %q, want %q", c.args, code, c.code, stderr, c.says)
		}
	}
}
