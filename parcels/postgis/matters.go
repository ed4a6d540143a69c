package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"muchan/parcels"
)

// Record adds an act to a matter. It takes the writers' lock before it reads, so of two writers the second sees the act of the first.
func (s *Store) Record(ctx context.Context, a parcels.Act) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT FROM muchan.state FOR UPDATE`); err != nil {
			return fmt.Errorf("wait for other writers: %w", err)
		}
		run, err := addAct(ctx, tx, &a)
		if err != nil || run == nil {
			return err
		}
		return insertRun(ctx, tx, run)
	})
	if err != nil {
		return fmt.Errorf("record %s of %s: %w", a.Act, a.Matter, classify(err))
	}
	return nil
}

// addAct checks an act against its matter and writes it. It returns the run that the act publishes, if any.
func addAct(ctx context.Context, tx pgx.Tx, a *parcels.Act) (*parcels.Run, error) {
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
		var taken bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM muchan.runs WHERE id = $1)`, added.Matter).Scan(&taken); err != nil {
			return nil, err
		}
		if taken {
			return nil, parcels.ErrExists
		}
	}
	if err := knownChange(ctx, tx, added); err != nil {
		return nil, err
	}
	return run, insertAct(ctx, tx, added)
}

// knownChange refuses an act that names a change of the data which is not in the journal.
func knownChange(ctx context.Context, tx pgx.Tx, a *parcels.Act) error {
	if a.Change == 0 {
		return nil
	}
	var known bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM muchan.changes WHERE number = $1)`, a.Change).Scan(&known); err != nil || known {
		return err
	}
	return a.UnknownChange()
}

const actColumns = `matter, kind, subject, seq, act, state, "on", until, about, party, path, correction, who, at, note, document, data, run, firm, parcel, change`

func insertAct(ctx context.Context, tx pgx.Tx, a *parcels.Act) error {
	var data, run *string
	var results []byte
	if len(a.Data) > 0 {
		text := string(a.Data)
		data = &text
	}
	if a.Run != nil {
		doc, packed, err := a.Run.PackDraft()
		if err != nil {
			return err
		}
		text := string(doc)
		run, results = &text, packed
	}
	if err := keepRules(ctx, tx, a.Rules, a.Who, a.At); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO muchan.acts (`+actColumns+`, results)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		a.Matter, a.Kind, a.Subject, a.Seq, a.Act, a.State, day(a.On), day(a.Until), a.About, a.Party, a.Path, a.Correction, a.Who, a.At,
		a.Note, a.Document, data, run, a.Firm, a.Parcel, a.Change, results)
	return err
}

func day(d parcels.Date) pgtype.Date { return pgtype.Date{Time: d.Time(), Valid: d.OK()} }

func dateOf(d pgtype.Date) parcels.Date {
	if !d.Valid {
		return 0
	}
	return parcels.DateOf(d.Time.Date())
}

// Matters returns matters with their acts.
func (s *Store) Matters(ctx context.Context, q parcels.MatterQuery) ([]parcels.Matter, error) {
	acts, err := readActs(ctx, s.pool, q, q.Results)
	if err != nil {
		return nil, fmt.Errorf("read the matters: %w", classify(err))
	}
	return q.Fold(acts), nil
}

// readActs reads the acts of the matters a query names but for its state, in order.
func readActs(ctx context.Context, q querier, m parcels.MatterQuery, results bool) ([]parcels.Act, error) {
	large := `NULL::bytea`
	if results {
		large = `results`
	}
	kinds := m.Kinds
	if len(kinds) == 0 {
		kinds = parcels.MatterKinds
	}
	rows, err := q.Query(ctx, `
		SELECT `+actColumns+`, `+large+`
		  FROM muchan.acts
		 WHERE ($1 = '' OR matter = $1) AND ($2 = '' OR subject = $2) AND kind = ANY ($3)
		 ORDER BY number`, m.ID, m.Subject, kinds)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAct)
}

func scanAct(row pgx.CollectableRow) (a parcels.Act, err error) {
	var on, until pgtype.Date
	var data, run *string
	var results []byte
	err = row.Scan(&a.Matter, &a.Kind, &a.Subject, &a.Seq, &a.Act, &a.State, &on, &until, &a.About, &a.Party, &a.Path, &a.Correction, &a.Who,
		&a.At, &a.Note, &a.Document, &data, &run, &a.Firm, &a.Parcel, &a.Change, &results)
	if err != nil {
		return a, err
	}
	a.On, a.Until, a.At = dateOf(on), dateOf(until), a.At.UTC()
	if data != nil {
		a.Data = []byte(*data)
	}
	if run != nil {
		a.Run, err = parcels.UnpackDraft([]byte(*run), results)
	}
	return a, err
}
