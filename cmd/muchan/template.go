package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"muchan/parcels/ingest"
)

func (p *program) templateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "template KIND [OUT.xlsx]",
		Short: "Write a workbook to be filled in and brought in by import",
		Long: `Writes an XLSX file with the Chinese titles and units of a kind, lists of the allowed words, an example row, which import leaves
out, and a second sheet that explains every column. It does not write over a file.

KIND is one of ` + strings.Join(ingest.Kinds(), ", ") + `.`,
		Example: "  muchan template firms\n  muchan template figures 2025.xlsx",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("KIND", args[0], ingest.Kinds()); err != nil {
				return err
			}
			out := args[0] + ".xlsx"
			if len(args) > 1 {
				out = args[1]
			}
			f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return err
			}
			if err := ingest.WriteTemplate(f, args[0]); err != nil {
				f.Close()
				return err
			}
			if err := f.Close(); err != nil {
				return err
			}
			fmt.Fprintf(p.stdout, "%s: fill it in from row 3 on, then: muchan import %s %s\n", out, args[0], out)
			return nil
		},
	}
}
