package ingest

import (
	"context"
	"errors"
	"fmt"

	"muchan/parcels"
)

// Keeper is what preparing asks of a store. Every parcels.Store is one.
type Keeper interface {
	Plan(ctx context.Context, c parcels.Change) (*parcels.Plan, error)
	Parks(ctx context.Context) ([]parcels.Park, error)
	Snapshot(ctx context.Context, asOf parcels.Date) (*parcels.Snapshot, error)
}

// Staged is a file as it would be taken over: read, related to what is stored, and compared with it.
type Staged struct {
	Change  parcels.Change
	Report  *Report
	Plan    *parcels.Plan  // what taking it over would do; nil when nobody needs to know, without a store, and when it is refused
	Reasons map[int]string // row -> why it was left out; only with Options.SkipBad, and of a refused file only when no row is good
	Absent  []string       // keys of stored rows one would expect in the file, some of them; only with Options.Preview
	Missing int            // how many there are

	kind, path string
	opt        Options
	loading    parcels.Loading // has the rows already; nil where Change has them
}

// WriteRefused writes the rows that were left out to a file; see WriteRefused.
func (s *Staged) WriteRefused(ctx context.Context, to string) (written int, err error) {
	return WriteRefused(ctx, s.kind, s.path, to, s.opt, s.Reasons)
}

// absentShown bounds Staged.Absent.
const absentShown = 1000

// Prepare reads one file and finds out what taking it over would do to a store, which may be nil. With Options.Relate it also gives
// buildings without a parcel code the parcel they stand on, leaves out footprints that are there twice, and recognises splits and merges
// of parcels. It fails as Read does, and with a *parcels.RefusedError when the store would refuse it; the Staged returned beside that
// has the report, with the row of each problem.
func Prepare(ctx context.Context, store Keeper, kind, path string, opt Options) (*Staged, error) {
	s := &Staged{kind: kind, path: path}
	snap, err := look(ctx, store, kind, &opt)
	if err != nil {
		return s, err
	}
	return s, s.prepare(ctx, store, snap, opt)
}

// prepare refuses a file that has nothing left when the bad rows are left out: an empty change would look like a success.
func (s *Staged) prepare(ctx context.Context, store Keeper, snap *parcels.Snapshot, opt Options) error {
	s.opt = opt
	s.opt.stored = nil // a Staged may be kept for long
	err := s.stage(ctx, store, snap, opt)
	switch {
	case err != nil && !errors.Is(err, parcels.ErrRefused):
		return err
	case s.allBad():
		s.Reasons, s.Plan = s.Report.Files[0].reasons, nil
		return s.Report.refused()
	case err == nil:
		s.Reasons = s.Report.Files[0].reasons
	}
	return err
}

// allBad reports that every row was left out for errors of its own.
func (s *Staged) allBad() bool {
	f := s.Report.Files[0]
	return len(f.reasons) > 0 && !f.whole && f.Doubled == 0 && f.Skipped >= f.Rows && s.Change.Rows.Len() == 0
}

func (s *Staged) stage(ctx context.Context, store Keeper, snap *parcels.Snapshot, opt Options) (err error) {
	s.Change, s.Report, err = Read(ctx, s.kind, []string{s.path}, opt)
	if err != nil {
		return err
	}
	p := &preparation{Staged: s, kind: kinds[s.kind], file: s.Report.Files[0], opt: opt, snap: snap}
	if err := p.buildings(); err != nil {
		return err
	}
	return p.compare(ctx, store)
}

// locate gives the problems of a *parcels.RefusedError the rows of the file that they are about. Other errors stay as they are.
func (s *Staged) locate(err error) error {
	var refused *parcels.RefusedError
	if errors.As(err, &refused) && s.Report != nil {
		for i := range refused.Problems {
			refused.Problems[i].Row = s.Report.RowOf(refused.Problems[i].Key)
		}
	}
	return err
}

// compare asks the store what would happen, where somebody wants to know: the store decides again when the change is applied.
func (p *preparation) compare(ctx context.Context, store Keeper) error {
	descends := p.opt.Relate && p.snap != nil && p.snap.Parcels.Len() > 0 && len(p.Change.Rows.Parcels) > 0
	if store == nil || p.opt.Preview == 0 && !p.opt.SkipBad && !descends {
		return nil
	}
	if err := p.plan(ctx, store); err != nil {
		return err
	}
	if descends && p.descend() {
		if err := p.plan(ctx, store); err != nil {
			return err
		}
	}
	if p.snap != nil && p.opt.Preview > 0 {
		p.Absent, p.Missing = p.Change.Absent(p.snap, absentShown)
	}
	return nil
}

// look reads the store as far as it is needed: its parks, to tell whether a file lies where they do; all of it costs seconds where there are a hundred thousand parcels.
func look(ctx context.Context, store Keeper, kind string, opt *Options) (*parcels.Snapshot, error) {
	opt.Home = DefaultHome
	if store == nil {
		return nil, nil
	}
	parks, err := store.Parks(ctx)
	if err != nil {
		return nil, err
	}
	opt.Home, opt.parksKnown = HomeOf(parks)
	related := opt.Relate && (kind == parcels.ParcelTable.Name || kind == parcels.BuildingTable.Name)
	if !related && opt.Preview == 0 {
		return nil, nil
	}
	snap, err := store.Snapshot(ctx, parcels.DateIn(opt.When, opt.When.Location()))
	if err != nil {
		return nil, err
	}
	if related {
		opt.stored = storedOf(kind, snap)
	}
	opt.unassigned = related && kind == parcels.BuildingTable.Name && snap.Parcels.Len() > 0
	return snap, nil
}

// preparation is the work on one file.
type preparation struct {
	*Staged
	kind reading
	file *FileReport
	opt  Options
	snap *parcels.Snapshot
}

// tell adds what was found about a row that was read.
func (p *preparation) tell(found parcels.Problem) {
	found.Row = p.Report.RowOf(found.Key)
	p.file.add(found)
}

// buildings places those without a parcel, and leaves out those that are there twice.
func (p *preparation) buildings() error {
	rows := p.Change.Rows.Buildings
	if len(rows) == 0 || p.snap == nil || !p.opt.Relate || p.file.Ledger { // a ledger's shapes are the store's own
		return nil
	}
	before := p.file.Errors
	if p.opt.unassigned {
		a := assignment{land: newLand(&p.snap.Parcels), straddle: p.opt.Straddle, report: p.tell}
		rows = a.assign(rows)
		if a.assigned > 0 {
			p.Change.Columns = carried(p.Change.Columns, "parcel")
			p.file.Notes = append(p.file.Notes, fmt.Sprintf("%d buildings without a parcel code were given the parcel they stand on; %d of them were split", a.assigned, a.split))
		}
	}
	twice := findDoubles(rows, &p.snap.Buildings, p.tell)
	if p.opt.Doubles == DoublesKeep {
		twice = nil
	}
	p.Change.Rows.Buildings = rows[:0:0]
	for i := range rows {
		if !twice[i] {
			p.Change.Rows.Buildings = append(p.Change.Rows.Buildings, rows[i])
		}
	}
	p.file.Doubled = len(twice)
	return p.settle(p.file.Errors - before)
}

// carried adds a column to those that a change carries.
func carried(columns []string, name string) []string {
	for _, c := range columns {
		if c == name {
			return columns
		}
	}
	if columns == nil {
		return nil // all are
	}
	return append(columns[:len(columns):len(columns)], name)
}

// settle refuses the file for new errors, or counts the rows that were left out for them.
func (p *preparation) settle(errorsFound int) error {
	if errorsFound > 0 && p.opt.SkipBad {
		p.file.Skipped += errorsFound
	}
	p.file.close(p.opt.SkipBad)
	p.file.Accepted = p.file.Rows - p.file.Skipped - p.file.Doubled
	if errorsFound > 0 && !p.opt.SkipBad {
		p.file.Accepted, p.Change.Rows = 0, parcels.Rows{}
		return p.Report.refused()
	}
	return nil
}

// plan asks the store what would happen. A row that the store refuses is left out and it is asked again, or the file is refused.
func (p *preparation) plan(ctx context.Context, store Keeper) error {
	for {
		asked := p.Change
		asked.EveryProblem = p.opt.SkipBad
		plan, err := store.Plan(ctx, asked)
		var refused *parcels.RefusedError
		if !errors.As(err, &refused) {
			p.Plan = plan
			return err
		}
		bad := map[string]bool{}
		for _, problem := range refused.Problems {
			p.tell(problem)
			bad[problem.Key] = true
		}
		dropped := 0
		if p.opt.SkipBad {
			dropped = p.kind.drop(&p.Change.Rows, bad)
		}
		if dropped == 0 {
			p.file.Errors += refused.More
			p.file.close(p.opt.SkipBad)
			p.file.Accepted = 0
			return p.Report.refused()
		}
		if err := p.settle(dropped); err != nil {
			return err
		}
	}
}

// descend recognises splits and merges, and tells whether it found some.
func (p *preparation) descend() bool {
	known := map[string]*parcels.Parcel{}
	held := p.Plan.Held.Rows.Parcels
	d := descent{rows: p.Change.Rows.Parcels, stored: &p.snap.Parcels, known: map[string]bool{}, report: p.tell}
	for i := range held {
		d.known[held[i].Code] = true
		known[parcels.ParcelTable.Key(&held[i])] = &held[i]
	}
	found := d.find()
	p.file.close(p.opt.SkipBad)
	p.file.Accepted = p.file.Rows - p.file.Skipped
	if found == 0 {
		return false
	}
	if with := carried(p.Change.Columns, "parents"); len(with) != len(p.Change.Columns) {
		p.Change.Columns = with
		for i := range p.Change.Rows.Parcels { // the others keep the parents they have
			row := &p.Change.Rows.Parcels[i]
			if stored := known[parcels.ParcelTable.Key(row)]; stored != nil {
				row.Parents = stored.Parents
			}
		}
	}
	p.file.Notes = append(p.file.Notes, fmt.Sprintf("%d parcels were recognised as parts or merges of stored ones", found))
	return true
}
