package postgis

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
)

// copyBinary copies n rows into columns of a table by COPY in its binary form. row appends one row's fields. The rows are encoded while the
// server takes those before them.
func copyBinary(ctx context.Context, tx pgx.Tx, table pgx.Identifier, columns []string, n int, row func(dst []byte, i int) []byte) error {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = pgx.Identifier{c}.Sanitize()
	}
	statement := fmt.Sprintf(`COPY %s (%s) FROM STDIN (FORMAT binary)`, table.Sanitize(), strings.Join(names, ", "))
	rows := &copyRows{rows: n, width: uint16(len(columns)), row: row, buf: append([]byte(nil), copyHead...)}
	if _, err := tx.Conn().PgConn().CopyFrom(ctx, rows, statement); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}

// copyHead is the signature, no flags, no extension.
const copyHead = "PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00"

// copyRows is the reader of what COPY takes: each row the count of its fields and the fields, then -1.
type copyRows struct {
	rows  int
	width uint16
	row   func(dst []byte, i int) []byte
	next  int
	ended bool
	buf   []byte // encoded and not read yet begins at read
	read  int
}

// Read implements io.Reader.
func (c *copyRows) Read(p []byte) (int, error) {
	c.buf, c.read = append(c.buf[:0], c.buf[c.read:]...), 0 // what is left is less than a row: without this the buffer would grow to all rows
	for len(c.buf)-c.read < len(p) && c.next < c.rows {
		c.buf = c.row(binary.BigEndian.AppendUint16(c.buf, c.width), c.next)
		c.next++
	}
	if c.next == c.rows && !c.ended {
		c.buf = binary.BigEndian.AppendUint16(c.buf, 0xffff)
		c.ended = true
	}
	n := copy(p, c.buf[c.read:])
	if c.read += n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
