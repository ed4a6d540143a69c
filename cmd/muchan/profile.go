package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// profile is a saved way of reading files: what --map, --set, --crs and --encoding said.
type profile struct {
	CRS      string            `yaml:"crs,omitempty"`
	Encoding string            `yaml:"encoding,omitempty"`
	Map      map[string]string `yaml:"map,omitempty"`
	Set      map[string]string `yaml:"set,omitempty"`
}

// profileName keeps a profile's file inside its folder.
var profileName = regexp.MustCompile(`^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,63}$`)

func (p *program) profilePath(name string) (string, error) {
	if !profileName.MatchString(name) {
		return "", usageError{fmt.Errorf("profile %q: use letters, digits, - and _, at most 64", name)}
	}
	return filepath.Join(p.settings.data, "profiles", name+".yaml"), nil
}

// useProfile fills in what the flags do not say from --profile, and keeps the result under --save-profile.
func (p *program) useProfile(f *importFlags, columns, set map[string]string) error {
	if f.profile != "" {
		saved, err := p.loadProfile(f.profile)
		if err != nil {
			return err
		}
		for _, m := range []struct{ given, saved map[string]string }{{columns, saved.Map}, {set, saved.Set}} {
			given := maps.Clone(m.given)
			maps.Copy(m.given, m.saved)
			maps.Copy(m.given, given)
		}
		if f.crs == "" {
			f.crs = saved.CRS
		}
		if f.encoding == "" {
			f.encoding = saved.Encoding
		}
	}
	if f.saveProfile == "" {
		return nil
	}
	path, err := p.profilePath(f.saveProfile)
	if err != nil {
		return err
	}
	text, err := yaml.Marshal(profile{CRS: f.crs, Encoding: f.encoding, Map: columns, Set: set})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

func (p *program) loadProfile(name string) (profile, error) {
	var saved profile
	path, err := p.profilePath(name)
	if err != nil {
		return saved, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return saved, usageError{fmt.Errorf("there is no profile %q: keep one by --save-profile %s", name, name)}
	}
	if err != nil {
		return saved, err
	}
	if err := yaml.Unmarshal(text, &saved); err != nil {
		return saved, fmt.Errorf("profile %s: %w", path, err)
	}
	return saved, nil
}
