package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "muchan",
		Short: "Land efficiency (亩产) of a development zone: map, scores and exit candidates",
		Long: `muchan joins the parcels of a development zone with buildings, firms and yearly figures, computes output, value
added and tax per mu, floor-area ratio, classes, idle land and exit candidates, and serves them as a page, vector tiles,
GeoJSON and scores.

Settings come from flags, then from the environment (MUCHAN_DATA, MUCHAN_DATABASE_URL, ...), then from --config FILE.
Exit codes: 0 done, 1 refused or failed, 2 wrong use.`,
		Example: `  muchan demo                          sample data for both parks, scored and served
  muchan import parcels parcels.geojson
  muchan score --year 2025
  muchan serve --listen 127.0.0.1:8080`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: p.loadSettings,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	p.settings.addCommonFlags(root.PersistentFlags())
	root.AddCommand(p.demoCommand(), p.serveCommand(), p.importCommand(), p.templateCommand(), p.scoreCommand(), p.exportCommand(), p.rulesCommand(),
		p.userCommand(), p.genCommand(), p.migrateCommand(), p.checkCommand(), p.verifyCommand(), p.versionCommand())
	for _, c := range root.Commands() {
		strictArgs(c)
	}
	root.Args = unknownCommand
	root.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	return root
}

// strictArgs turns cobra's argument errors into usage errors, for a command and those below it.
func strictArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return usageError{fmt.Errorf("%s: %w; usage: %s", c.Name(), err, c.UseLine())}
			}
			return nil
		}
	}
	for _, child := range c.Commands() {
		strictArgs(child)
	}
}

// groupArgs is the argument check of a command that only groups others.
func unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	names := make([]string, 0, len(c.Commands()))
	for _, child := range c.Commands() {
		names = append(names, child.Name())
	}
	slices.Sort(names)
	return usageError{fmt.Errorf("%s has no command %q; it has %s", c.CommandPath(), args[0], strings.Join(names, ", "))}
}

// oneOf checks that an argument is among the allowed words.
func oneOf(what, got string, allowed []string) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	return usageError{fmt.Errorf("%s %q is unknown; it is one of %s", what, got, strings.Join(allowed, ", "))}
}
