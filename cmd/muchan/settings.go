package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// settings are what several commands share.
type settings struct {
	data        string // directory of the embedded store, accounts and audit log
	databaseURL string // PostGIS instead of the embedded store
	config      string
	logLevel    string
	log         *slog.Logger
}

func (s *settings) addCommonFlags(f *pflag.FlagSet) {
	f.StringVar(&s.data, "data", "./muchan-data", "directory of the data, accounts and audit log")
	f.StringVar(&s.databaseURL, "database-url", "", "PostGIS instead of the embedded GeoPackage, as postgres://user@host/database")
	f.StringVar(&s.config, "config", "", "YAML file of settings, named as the flags")
	f.StringVar(&s.logLevel, "log-level", "warn", "debug, info, warn or error; logs are JSON on standard error")
}

// loadSettings fills every flag that was not given from the environment, then from the configuration file.
func (p *program) loadSettings(c *cobra.Command, _ []string) error {
	file, err := p.readConfig(c)
	if err != nil {
		return usageError{err}
	}
	var failed error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" || failed != nil {
			return
		}
		name := envName(f.Name)
		if v := p.getenv(name); v != "" {
			failed = setFlag(c, f, v, name)
		} else if v, ok := file[f.Name]; ok {
			failed = setFlag(c, f, v, p.settings.config)
		}
	})
	if failed != nil {
		return usageError{failed}
	}
	return p.openLog()
}

func envName(flag string) string {
	return "MUCHAN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

func setFlag(c *cobra.Command, f *pflag.Flag, value, from string) error {
	if err := c.Flags().Set(f.Name, value); err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return nil
}

// readConfig reads --config (or MUCHAN_CONFIG). A key that is no flag of any command is an error: a misspelt setting must not be
// ignored in silence.
func (p *program) readConfig(c *cobra.Command) (map[string]string, error) {
	if p.settings.config == "" {
		p.settings.config = p.getenv(envName("config"))
	}
	if p.settings.config == "" {
		return nil, nil
	}
	text, err := os.ReadFile(p.settings.config)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&values); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", p.settings.config, err)
	}
	known := knownFlags(c.Root())
	for key := range values {
		if !known[key] {
			return nil, fmt.Errorf("%s: %q is no setting; settings are named as the flags in `muchan help`", p.settings.config, key)
		}
	}
	return values, nil
}

func knownFlags(c *cobra.Command) map[string]bool {
	known := map[string]bool{}
	note := func(f *pflag.Flag) { known[f.Name] = true }
	c.PersistentFlags().VisitAll(note)
	for _, child := range c.Commands() {
		child.Flags().VisitAll(note)
	}
	return known
}

func (p *program) openLog() error {
	var level slog.Level
	if err := level.UnmarshalText([]byte(p.settings.logLevel)); err != nil {
		return usageError{fmt.Errorf("--log-level: %w", err)}
	}
	p.settings.log = slog.New(slog.NewJSONHandler(p.stderr, &slog.HandlerOptions{Level: level}))
	return nil
}

// storeName says where the data is, with the password masked.
func (s *settings) storeName() string {
	if s.databaseURL == "" {
		return s.data
	}
	if u, err := url.Parse(s.databaseURL); err == nil {
		return u.Redacted()
	}
	return "the given database URL"
}
