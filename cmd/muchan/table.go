package main

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"
)

// columnsOf counts the columns a text takes on a terminal, where a Chinese character takes two.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// printTable writes a header and rows, each column as wide as its widest cell and set to the right, as numbers want to be; the last one,
// where reasons stand, begins at the left.
func printTable(out io.Writer, header []string, rows [][]string) error {
	wide := make([]int, len(header))
	lines := append([][]string{header}, rows...)
	for _, line := range lines {
		for i, cell := range line {
			wide[i] = max(wide[i], columnsOf(cell))
		}
	}
	for _, line := range lines {
		var b strings.Builder
		for i, cell := range line {
			pad := wide[i] - columnsOf(cell)
			if i == len(line)-1 {
				pad = 0
			}
			b.WriteString(strings.Repeat(" ", pad+2*min(i, 1)) + cell)
		}
		if _, err := fmt.Fprintln(out, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}
