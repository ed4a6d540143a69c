package parcels

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Store keeps the truth. All methods may be called at the same time from several goroutines and processes.
type Store interface {
	// Apply writes the rows and their journal in one transaction, or nothing. The same rows as those of a change applied before, all of
	// them stored still, have no further effect (Receipt.Repeated). It fails with a *RefusedError when a row breaks a rule that needs the store to
	// check: a reference to nothing, overlapping editions of one code, a parent that does not exist.
	Apply(ctx context.Context, c Change) (Receipt, error)

	// Load begins a change whose rows come in parts: c has all but the rows. A row may refer to those stored and to those of its own and
	// of earlier parts; parents may come later. Rows that refer to refused ones are refused as well. It waits for other writers as Apply does.
	Load(ctx context.Context, c Change) (Loading, error)

	// Plan tells what Apply would do now, without writing. It fails with what Apply would refuse.
	Plan(ctx context.Context, c Change) (*Plan, error)

	// Undo takes a change back by a change of its own. It fails with ErrNotFound, or with a *RefusedError as Undo.Plan says.
	Undo(ctx context.Context, u Undo) (Receipt, error)

	// Changes returns the changes that were applied, newest first; limit 0 means 100, at most 10 000.
	Changes(ctx context.Context, limit int) ([]ChangeEntry, error)

	// Parks reads the parks alone, of which there are few, by code.
	Parks(ctx context.Context) ([]Park, error)

	// Snapshot reads everything as of the end of a day, in one consistent view. Parcels, buildings and zones are those valid on
	// that day; occupancies, figures and events are those that began on or before it, so that history can be scored.
	Snapshot(ctx context.Context, asOf Date) (*Snapshot, error)

	// Since is Snapshot for whoever has an earlier snapshot of the store and the same day: it reads the rows that were written since and
	// puts them in their places. Where too much was written, or the store cannot tell what, it reads everything.
	Since(ctx context.Context, before *Snapshot, asOf Date) (*Snapshot, error)

	// Descents returns which parcels were made from which by split, merger or cut, of all editions there are, by day and code.
	Descents(ctx context.Context) ([]Descent, error)

	// Version returns the number of the store's state; it grows with every change, direct edits by SQL or QGIS included.
	Version(ctx context.Context) (int64, error)

	// Watch calls changed soon (well under a second) after the version moved, until ctx ends; it then returns ctx.Err(). It
	// survives a lost database connection and reports the version once after it is back.
	Watch(ctx context.Context, changed func(version int64)) error

	// Journal returns entries, newest first.
	Journal(ctx context.Context, q JournalQuery) ([]JournalEntry, error)

	// PublishRun freezes a scored run and raises the version, since its classes become public. It never overwrites: a run with the
	// same ID fails with ErrExists.
	PublishRun(ctx context.Context, r Run) error

	// Runs returns the published runs, newest first, without the texts of their rules.
	Runs(ctx context.Context) ([]Run, error)

	// Record adds an act to a matter, as Matter.Add allows; of two writers with the same Seq one wins. The first act needs a free ID
	// and no open matter of its kind and subject. It fails with an *ActError. Finalising a run writes what its last draft froze
	// into the runs, in the same transaction, and raises the version; other acts leave the version, for nothing public changes.
	Record(ctx context.Context, a Act) error

	// Matters returns matters with all their acts, those opened last first.
	Matters(ctx context.Context, q MatterQuery) ([]Matter, error)

	// AddRules keeps the text of a rule set, which from then on goes before any other with its ID, and raises the version. The
	// text that is in force already is not kept twice.
	AddRules(ctx context.Context, r RuleText) error

	// Rules returns every text that was added or used by a run, oldest first.
	Rules(ctx context.Context) ([]RuleText, error)

	Close() error
}

// Run is a published evaluation. It never changes afterwards, and its classes are the only ones the public may see.
type Run struct {
	ID          string // year and sequence, e.g. "2025-1"
	Year        int    // year of the figures
	AsOf        Date
	Version     int64 // store version of its snapshot
	RulesID     string
	RulesHash   string // SHA-256 of the rule sets, lower-case hex
	PublishedBy string
	PublishedAt time.Time
	Results     []byte     // JSON as written by scoring; opaque here
	Rules       []RuleText // the sets it used, so that their texts can be found by hash for ever; not read back
}

// The closed set of error kinds. Stores and ingest wrap them; api maps each to one HTTP status.
var (
	ErrNotFound    = errors.New("not found")
	ErrExists      = errors.New("exists already")
	ErrUnavailable = errors.New("store cannot be reached")
	ErrFilling     = fmt.Errorf("%w: an import is filling the table, or its structure is being changed; try again when it has ended", ErrUnavailable)
	ErrNewer       = errors.New("store was written by a newer version of muchan")
	ErrRefused     = errors.New("refused")
)

// RefusedError lists the rows a change was refused for, the first of very many.
type RefusedError struct {
	Problems []Problem
	More     int // problems beside those listed: a load of a million rows keeps the first alone
}

// Error shows the first problems in full and counts the rest.
func (e *RefusedError) Error() string {
	return e.list(Problem.String, "; ", func(more int) string { return fmt.Sprintf("and %d more", more) })
}

// list writes the first problems, and how many more there are.
func (e *RefusedError) list(line func(Problem) string, between string, rest func(more int) string) string {
	const shown = 3
	lines := make([]string, 0, shown+1)
	for _, p := range e.Problems[:min(shown, len(e.Problems))] {
		lines = append(lines, line(p))
	}
	if more := len(e.Problems) + e.More - shown; more > 0 {
		lines = append(lines, rest(more))
	}
	return strings.Join(lines, between)
}

// Unwrap makes errors.Is(err, ErrRefused) true.
func (e *RefusedError) Unwrap() error { return ErrRefused }

// Severity orders problems.
type Severity string

// Errors refuse a row; warnings and notes let it in and are shown.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
)

// Problem is one finding about one value: what, where, by which rule, and what to do.
type Problem struct {
	Entity   string   `json:"entity"` // table name
	Key      string   `json:"key,omitempty"`
	Row      int      `json:"row,omitempty"` // 1-based row in the file, header included; 0 when there is no file
	Column   string   `json:"column,omitempty"`
	Value    string   `json:"value,omitempty"`
	Rule     string   `json:"rule"` // stable identifier: "parcel_code.form"
	Message  string   `json:"message"`
	Remedy   string   `json:"remedy,omitempty"`
	Place    string   `json:"place,omitempty"` // "lon lat" of a geometric finding
	Severity Severity `json:"severity"`
}

// String is one line for a terminal.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.Entity)
	if p.Row > 0 {
		fmt.Fprintf(&b, " row %d", p.Row)
	}
	if p.Key != "" {
		fmt.Fprintf(&b, " (%s)", p.Key)
	}
	if p.Column != "" {
		fmt.Fprintf(&b, " %s", p.Column)
	}
	fmt.Fprintf(&b, ": %s [%s]", p.Message, p.Rule)
	if p.Place != "" {
		fmt.Fprintf(&b, " at %s", p.Place)
	}
	if p.Remedy != "" {
		fmt.Fprintf(&b, " — %s", p.Remedy)
	}
	return b.String()
}
