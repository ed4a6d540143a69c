package postgis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"muchan/parcels"
)

// classify gives an error of the driver its kind. A cancelled context stays what it is; a lost or busy server becomes
// parcels.ErrUnavailable; a broken constraint becomes a *parcels.RefusedError; everything else is passed on.
func classify(err error) error {
	var server *pgconn.PgError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, parcels.ErrUnavailable):
		return err
	case errors.As(err, &server):
		return classifyServer(server, err)
	case lost(err), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", parcels.ErrUnavailable, err)
	}
	return err
}

// lost reports whether the connection could not be made or is gone.
func lost(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, puddle.ErrClosedPool) || pgconn.SafeToRetry(err) ||
		strings.HasSuffix(err.Error(), "conn closed")
}

// lockTimedOut is the server's code for a lock that was not to be had, at once or in time.
const lockTimedOut = "55P03"

func classifyServer(server *pgconn.PgError, err error) error {
	switch class := server.Code[:2]; {
	case class == "08", class == "53", class == "58", strings.HasPrefix(server.Code, "57P"):
		return fmt.Errorf("%w: %w", parcels.ErrUnavailable, err)
	case server.Code == lockTimedOut:
		return fmt.Errorf("%w: somebody holds an edit open in QGIS or SQL; save or cancel it and try again: %w", parcels.ErrUnavailable, err)
	case server.Code == "57014":
		return fmt.Errorf("%w: the statement took too long: %w", parcels.ErrUnavailable, err)
	case class == "23", class == "22":
		return refused(server)
	case server.Code == "42501":
		return fmt.Errorf("the database role lacks a right: %w", err)
	}
	return err
}

// retryable reports whether the server gave up on a transaction only because of others.
func retryable(err error) bool {
	var server *pgconn.PgError
	return errors.As(err, &server) && (server.Code == "40001" || server.Code == "40P01")
}

// refused tells which row broke which rule of the schema. The plan has refused nearly everything before; what arrives here is a value
// out of its range.
func refused(server *pgconn.PgError) error {
	p := parcels.Problem{
		Entity: server.TableName, Column: server.ColumnName, Rule: "database." + server.ConstraintName,
		Message: server.Message, Remedy: server.Hint, Severity: parcels.SeverityError,
	}
	if server.ConstraintName == "" {
		p.Rule = "database." + server.Code
	}
	if column, ok := strings.CutSuffix(server.ConstraintName, "_check"); ok && p.Column == "" {
		p.Column = strings.TrimPrefix(column, server.TableName+"_")
		p.Message = fmt.Sprintf("the value of %s is not allowed", p.Column)
	}
	if server.Code == "23000" { // raised by muchan.break_rule
		p.Key, p.Message = server.Detail, server.Message
	}
	return &parcels.RefusedError{Problems: []parcels.Problem{p}}
}
