package main

import (
	"fmt"
	"path/filepath"

	"muchan/api/audit"
	"muchan/tiles/layers"
)

// record writes a line of the audit log for what was asked on the command line. Record first: an act that cannot be recorded does not
// happen.
func (p *program) record(act, target string) error {
	if err := p.makeDataDir(); err != nil {
		return err
	}
	log, err := audit.Open(filepath.Join(p.settings.data, auditFile), p.now)
	if err != nil {
		return err
	}
	defer log.Close()
	return log.Append(audit.Entry{Who: osUser(), Role: "operator", Act: act, Target: target})
}

// recordExport records that something leaves the store for an audience.
func (p *program) recordExport(what string, audience layers.Audience, out string) error {
	return p.record("export", fmt.Sprintf("%s for %s to %s", what, audience, filepath.Base(out)))
}
