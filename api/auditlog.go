package api

import (
	"fmt"

	"muchan/api/audit"
)

// auditLines shows the newest lines of the audit record. The whole chain is verified on the way.
func (c *call) auditLines() error {
	lines, err := c.s.audit.Newest(c.number("limit"))
	if err != nil {
		return fmt.Errorf("read audit record: %w", err)
	}
	if lines == nil {
		lines = []audit.Entry{}
	}
	return c.json(lines)
}
