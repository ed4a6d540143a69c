package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"muchan/parcels"
)

// Record adds an act to a matter. The transaction holds the write lock from its beginning, so of two writers the second sees the act
// of the first.
func (s *Store) Record(ctx context.Context, a parcels.Act) error {
	tx, err := s.begin(ctx, unjudged)
	if err != nil {
		return wrap("begin act in "+s.path, err)
	}
	defer tx.Rollback()
	run, err := addAct(ctx, tx, &a)
	if err != nil {
		return wrap("record act in "+s.path, err)
	}
	if run != nil {
		if err := insertRun(ctx, tx, run); err != nil {
			return wrap("write run to "+s.path, err)
		}
	}
	return wrap("commit act to "+s.path, tx.Commit())
}

// addAct checks an act against its matter and writes it. It returns the run that the act publishes, if any.
func addAct(ctx context.Context, tx *sql.Tx, a *parcels.Act) (*parcels.Run, error) {
	held, err := readActs(ctx, tx, parcels.MatterQuery{ID: a.Matter}, a.Act == parcels.ActFinalise)
	if err != nil {
		return nil, err
	}
	if a.Seq == 1 {
		about, err := readActs(ctx, tx, parcels.MatterQuery{Kinds: []string{a.Kind}, Subject: a.Subject}, false)
		if err != nil {
			return nil, err
		}
		held = append(held, about...)
	}
	added, run, err := a.Follow(held)
	if err != nil {
		return nil, err
	}
	if added.Seq == 1 && added.Kind == parcels.MatterRun {
		if err := freeRunID(ctx, tx, added.Matter); err != nil {
			return nil, err
		}
	}
	if err := knownChange(ctx, tx, added); err != nil {
		return nil, err
	}
	return run, insertAct(ctx, tx, added)
}

// knownChange refuses an act that names a change of the data which is not in the journal.
func knownChange(ctx context.Context, q querier, a *parcels.Act) error {
	if a.Change == 0 {
		return nil
	}
	var known bool
	if err := q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM changes WHERE id = ?)`, a.Change).Scan(&known); err != nil || known {
		return err
	}
	return a.UnknownChange()
}

const actColumns = `matter, kind, subject, seq, act, state, "on", until, about, party, path, correction, who, at, note, document, data, run, firm, parcel, change`

func insertAct(ctx context.Context, tx *sql.Tx, a *parcels.Act) error {
	var until, data, run sql.NullString
	var results []byte
	if a.Until.OK() {
		until = sql.NullString{String: a.Until.String(), Valid: true}
	}
	if len(a.Data) > 0 {
		data = sql.NullString{String: string(a.Data), Valid: true}
	}
	if a.Run != nil {
		doc, packed, err := a.Run.PackDraft()
		if err != nil {
			return err
		}
		run, results = sql.NullString{String: string(doc), Valid: true}, packed
	}
	if err := keepRules(ctx, tx, a.Rules, a.Who, formatTime(a.At)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO acts (`+actColumns+`, results)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Matter, a.Kind, a.Subject, a.Seq, a.Act, a.State, a.On.String(), until, a.About, a.Party, a.Path, a.Correction, a.Who,
		formatTime(a.At), a.Note, a.Document, data, run, a.Firm, a.Parcel, a.Change, results)
	return err
}

// Matters returns matters with their acts.
func (s *Store) Matters(ctx context.Context, q parcels.MatterQuery) ([]parcels.Matter, error) {
	acts, err := readActs(ctx, s.read, q, q.Results)
	if err != nil {
		return nil, wrap("read matters of "+s.path, err)
	}
	return q.Fold(acts), nil
}

// readActs reads the acts of the matters a query names but for its state, in order.
func readActs(ctx context.Context, q querier, m parcels.MatterQuery, results bool) ([]parcels.Act, error) {
	large := "NULL"
	if results {
		large = "results"
	}
	where, args := "true", []any{}
	if m.ID != "" {
		where, args = where+" AND matter = ?", append(args, m.ID)
	}
	if m.Subject != "" {
		where, args = where+" AND subject = ?", append(args, m.Subject)
	}
	if len(m.Kinds) > 0 {
		where += " AND kind IN (?" + strings.Repeat(", ?", len(m.Kinds)-1) + ")"
		for _, kind := range m.Kinds {
			args = append(args, kind)
		}
	}
	rows, err := q.QueryContext(ctx, `SELECT `+actColumns+`, `+large+` FROM acts WHERE `+where+` ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var acts []parcels.Act
	for rows.Next() {
		a, err := scanAct(rows)
		if err != nil {
			return nil, err
		}
		acts = append(acts, a)
	}
	return acts, rows.Err()
}

func scanAct(rows *sql.Rows) (a parcels.Act, err error) {
	var on, at string
	var until, data, run sql.NullString
	var results []byte
	err = rows.Scan(&a.Matter, &a.Kind, &a.Subject, &a.Seq, &a.Act, &a.State, &on, &until, &a.About, &a.Party, &a.Path, &a.Correction, &a.Who,
		&at, &a.Note, &a.Document, &data, &run, &a.Firm, &a.Parcel, &a.Change, &results)
	if err != nil {
		return a, err
	}
	if a.On, err = parcels.ParseDate(on); err != nil {
		return a, err
	}
	if until.Valid {
		if a.Until, err = parcels.ParseDate(until.String); err != nil {
			return a, err
		}
	}
	if a.At, err = parseTime(at); err != nil {
		return a, err
	}
	if data.Valid {
		a.Data = []byte(data.String)
	}
	if run.Valid {
		a.Run, err = parcels.UnpackDraft([]byte(run.String), results)
	}
	return a, err
}

// freeRunID refuses an ID that a published run has.
func freeRunID(ctx context.Context, q querier, id string) error {
	var taken int
	err := q.QueryRowContext(ctx, `SELECT 1 FROM runs WHERE id = ?`, id).Scan(&taken)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("run %s: %w", id, parcels.ErrExists)
}
