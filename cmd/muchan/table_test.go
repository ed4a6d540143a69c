package main

import (
	"strings"
	"testing"
)

// A terminal shows a Chinese character two columns wide, so the columns stand under each other when their widths in columns agree.
func TestTableStandsInColumns(t *testing.T) {
	var b strings.Builder
	if err := printTable(&b, []string{"企业", "等级", "说明"}, [][]string{{"a", "B", "x"}, {"演示鞋业", "不评级", "不足"}}); err != nil {
		t.Fatal(err)
	}
	want := "    企业    等级  说明\n       a       B  x\n演示鞋业  不评级  不足\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
