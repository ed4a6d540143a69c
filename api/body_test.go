package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestWrongBodies: each fault of a body is named by its member or place in both languages, and no value is echoed.
func TestWrongBodies(t *testing.T) {
	w := newWorld(t, worldA)
	for _, c := range []struct{ name, body, member, zh, en string }{
		{"unknown member", `{"park":"QM","profit_wan":1}`, "profit_wan", "没有这个字段", "no such member"},
		{"number out of range", `{"park":"QM","land_mu":1e400}`, "land_mu", "数值超出范围", "out of range"},
		{"optional number out of range", `{"park":"QM","land_mu":1,"fai_wan":1e400}`, "fai_wan", "数值超出范围", "out of range"},
		{"text for a number", `{"park":"QM","land_mu":"secret"}`, "land_mu", "应为数字", "must be a number"},
		{"text for an optional number", `{"park":"QM","fai_wan":"secret"}`, "fai_wan", "应为数字", "must be a number"},
		{"number for a text", `{"park":7}`, "park", "应为文本", "must be a string"},
		{"number for a truth", `{"above_scale":7}`, "above_scale", "应为 true 或 false", "must be true or false"},
		{"object for a list", `{"storeys":{}}`, "storeys", "应为数组", "must be an array"},
		{"inside a list", `{"storeys":[{"floor_m2":"x"}]}`, "storeys.floor_m2", "应为数字", "must be a number"},
		{"broken off", `{"park":"QM","land_mu":`, "", "不完整", "breaks off"},
		{"no JSON", `{"park":"QM",}`, "", "第 14 字节", "byte 14"},
		{"more behind it", `{"park":"QM"} {}`, "", "第 13 字节", "byte 13"},
		{"no object", `[1]`, "", "JSON 对象", "JSON object"},
	} {
		for lang, want := range map[string]string{"zh": c.zh, "en": c.en} {
			rec := w.do(http.MethodPost, "analyst", admitted, c.body, "Accept-Language", lang)
			var p struct {
				Code, Detail string
				Errors       []struct{ Parameter string }
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			member := ""
			if len(p.Errors) == 1 {
				member = p.Errors[0].Parameter
			}
			if rec.Code != http.StatusBadRequest || p.Code != "invalid_body" || member != c.member || !strings.Contains(p.Detail, want) || !strings.Contains(p.Detail, member) || strings.Contains(p.Detail, "secret") {
				t.Errorf("%s: %d %s", c.name, rec.Code, rec.Body)
			}
		}
	}
}
