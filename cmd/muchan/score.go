package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"muchan/parcels"
	"muchan/scoring"
)

type scoreFlags struct {
	year        int
	asOf, rules string
	publish     bool
	json        bool
	tongue
}

func (p *program) scoreCommand() *cobra.Command {
	var f scoreFlags
	c := &cobra.Command{
		Use:   "score",
		Short: "Compute the scores of a year and print or publish them",
		Long: `Computes every metric, class, idle flag and exit candidate of a year as of a date. The same data, rules and date give the
same bytes. --publish freezes the run in the store: only a published run's classes may be public, and it never changes afterwards. It gives
no public notice, and is refused while a run of the year is a draft or in its notice.`,
		Example: `  muchan score --year 2025
  muchan score --year 2025 --as-of 2026-06-30 --json > scores.json
  muchan score --year 2025 --publish`,
		Args: unknownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return p.runScore(c.Context(), f) },
	}
	c.PersistentFlags().IntVar(&f.year, "year", 0, "year of the figures; the latest when not given")
	c.PersistentFlags().StringVar(&f.asOf, "as-of", "", "date that drives every clock, as 2026-06-30; today in Shanghai when not given")
	c.PersistentFlags().StringVar(&f.rules, "rules", "", "ID of a rule set, or a YAML file with one, used instead of the others of its kind")
	c.Flags().BoolVar(&f.publish, "publish", false, "freeze the run in the store")
	c.PersistentFlags().BoolVar(&f.json, "json", false, "print all results as JSON")
	c.PersistentFlags().BoolVar(&f.english, "english", false, "tables and explanations in English; JSON holds both languages")
	for i := range scoreLists {
		c.AddCommand(p.scoreListCommand(&scoreLists[i], &f))
	}
	c.AddCommand(p.explainCommand(&f), p.whatIfCommand(&f), p.matchCommand(&f), p.aggregatesCommand(&f), p.admissionCommand(&f), p.whyExitCommand(&f))
	return c
}

func (p *program) runScore(ctx context.Context, f scoreFlags) error {
	if f.publish && f.rules != "" {
		return usageError{errors.New("--publish takes the sets that apply, not one by --rules: add it with `muchan rules add` when it is in force")}
	}
	asOf, err := p.parseAsOf(f.asOf)
	if err != nil {
		return err
	}
	if err := checkChoice(f.rules); err != nil {
		return err
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	book, err := p.bookFor(ctx, store, f.rules)
	if err != nil {
		return err
	}
	scores, snap, err := score(ctx, store, f.year, asOf, book)
	if err != nil {
		return err
	}
	results, err := scoring.EncodeResults(scores)
	if err != nil {
		return err
	}
	if f.json {
		if _, err := p.stdout.Write(append(results, '\n')); err != nil {
			return err
		}
	} else if err := p.printScores(snap, scores, f.tongue); err != nil {
		return err
	}
	if !f.publish {
		return nil
	}
	run, err := p.publish(ctx, store, book, scores, results, osUser())
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "published run %s\n", run.ID)
	return nil
}

// score reads the snapshot as of a day and runs the book on a year; 0 means the latest year with figures.
func score(ctx context.Context, store parcels.Store, year int, asOf parcels.Date, book scoring.Book) (*scoring.Scores, *parcels.Snapshot, error) {
	snap, err := store.Snapshot(ctx, asOf)
	if err != nil {
		return nil, nil, err
	}
	years := snap.Years()
	if len(years) == 0 {
		return nil, nil, fmt.Errorf("the store has no figures as of %s: import some with `muchan import figures FILE`", asOf)
	}
	if year == 0 {
		year = years[len(years)-1]
	}
	if !slices.Contains(years, year) {
		return nil, nil, fmt.Errorf("the store has no figures of %d; it has %v", year, years)
	}
	scores, err := scoring.Run(scoring.Input{Snapshot: snap, Year: year, AsOf: asOf, Rules: book})
	return scores, snap, err
}

// publish freezes a run under the year's next number. It passes over draft and public notice, which belong to the staff who work on the
// page.
func (p *program) publish(ctx context.Context, store parcels.Store, book scoring.Book, scores *scoring.Scores, results []byte, who string) (parcels.Run, error) {
	runs, err := store.Runs(ctx)
	if err != nil {
		return parcels.Run{}, err
	}
	year := strconv.Itoa(scores.Year)
	matters, err := store.Matters(ctx, parcels.MatterQuery{Kinds: []string{parcels.MatterRun}, Subject: year})
	if err != nil {
		return parcels.Run{}, err
	}
	if at := slices.IndexFunc(matters, func(m parcels.Matter) bool { return m.Open() }); at >= 0 {
		return parcels.Run{}, openRunError(&matters[at])
	}
	id, hash := scoring.RulesDigest(scores.Rules)
	run := parcels.Run{
		ID: parcels.NextRunID(year, runs, matters), Year: scores.Year, AsOf: scores.AsOf, Version: scores.Version,
		RulesID: id, RulesHash: hash, PublishedBy: who, PublishedAt: p.now().UTC(), Results: results,
		Rules: book.Texts(scores.Rules),
	}
	return run, store.PublishRun(ctx, run)
}

// openRunError refuses to publish past a run that the staff are carrying through.
func openRunError(m *parcels.Matter) error {
	return fmt.Errorf("run %s of the year is open (%s %s): finalise or withdraw it first, since --publish gives no public notice",
		m.ID, m.State, parcels.StateTitles[m.State])
}

// printRules names the rule sets that were used, with what a reader must be told.
func (p *program) printRules(scores *scoring.Scores, t tongue) {
	for _, r := range scores.Rules {
		fmt.Fprintf(p.stdout, "%s: %s %s %s\n", r.Kind, r.ID, r.Document, t.say(r.Notice, r.NoticeEn))
	}
}

var parcelColumns = []scoring.Text{
	{Zh: "宗地代码", En: "Parcel"},
	{Zh: "园区", En: "Park"},
	{Zh: "等级", En: "Class"},
	{Zh: "亩均税收 万元/亩", En: "Tax 万元/mu"},
	{Zh: "亩均产值 万元/亩", En: "Output 万元/mu"},
	{Zh: "容积率", En: "FAR"},
	{Zh: "建筑密度 %", En: "Density %"},
	{Zh: "疑似闲置", En: "Suspected idle"},
	{Zh: "疑似退出", En: "Suspected exit"},
	{Zh: "主要企业", En: "Main firm"},
}

func (p *program) printScores(snap *parcels.Snapshot, scores *scoring.Scores, t tongue) error {
	p.printRules(scores, t)
	rows := make([][]string, len(scores.Parcels))
	for i := range scores.Parcels {
		s := &scores.Parcels[i]
		idle := t.say(s.Idle.Title())
		exit, firm := "", ""
		if s.Exit >= 0 {
			exit = t.say("候选", "candidate")
		}
		if len(s.Firms) > 0 {
			firm = snap.Firms[s.Firms[0].Firm].Name
		}
		rows[i] = []string{
			s.Code, t.park(snap, snap.Parcels.At(i).Park), string(s.Class), number(s.TaxPerMu(), 1), number(s.OutputPerMu(), 1), number(s.FAR, 1),
			number(s.Density, 100), idle, exit, firm,
		}
	}
	if err := printTable(p.stdout, t.header(parcelColumns), rows); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, "%d parcels, %d firms, %d exit candidates; figures of %d as of %s\n",
		len(scores.Parcels), len(scores.Firms), len(scores.Exit), scores.Year, scores.AsOf)
	return err
}

// number prints a value times a factor with two decimals, or a dash when it is missing.
func number(o parcels.Opt[float64], factor float64) string {
	v, ok := o.Get()
	if !ok {
		return "—"
	}
	return fmt.Sprintf("%.2f", v*factor)
}
