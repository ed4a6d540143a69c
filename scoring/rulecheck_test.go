package scoring_test

import (
	"strings"
	"testing"

	"muchan/scoring"
)

// sound is a set in order; every case below puts exactly one fault into it.
const sound = `id: ours
kind: evaluation
title: 试行办法
source: 本区试行办法
valid_from: 2026-01-01
applies_to: [QM]
verified: true
evaluation:
  tax: [vat_wan]
  indicators:
    - {id: X1, title: 单位用水增加值, numerator: value_added_wan, denominator: water_t, source: 第五条, verified: true}
  cohorts:
    - id: above_scale
      source: 附件一
      verified: true
      indicators:
        - {id: I1, weight: 60, base: {kind: fixed, value: 10}, missing: zero}
        - {id: X1, weight: 40, base: {kind: cohort_mean}, missing: zero}
      bounds:
        - {class: A, upto: 0.2}
        - {class: B, upto: 0.6}
        - {class: C, upto: 0.95}
        - {class: D, upto: 1}
  overrides:
    - {id: veto, title: 一票否决, when: {event: safety_accident}, effect: cap_class, class: C, source: 第八条, verified: true}
`

// soundStock is a set of benefit bands in order.
const soundStock = `id: bands
kind: stock
title: 分档
source: 本区试行办法
valid_from: 2026-01-01
applies_to: [QM]
verified: true
stock:
  metric: tax_per_mu
  years: 3
  aggregate: mean
  small_below_mu: 5
  small_band: low
  bands:
    - {id: low, from: -1000000}
    - {id: middle, from: 5}
    - {id: high, from: 20}
`

// soundExit is a set of exit tests in order.
const soundExit = `id: exits
kind: exit
title: 退出检验
source: 本区试行办法
valid_from: 2026-01-01
applies_to: [QM]
verified: true
exit:
  groups_failed: 1
  excuses:
    - {kind: new_firm, years: 2}
  paths:
    - {id: rectify, title: 限期整改, title_en: Rectification, document: 试行办法, verified: true}
  tests:
    - {id: density, group: density, metric: density, threshold: 0.3, source: 第三条, verified: true}
`

func TestRulesCheck(t *testing.T) {
	for name, c := range map[string]struct{ text, old, with, want string }{
		"weights not 100":                 {sound, "weight: 60", "weight: 59", "line 16: the weights of above_scale add up to 99, not 100"},
		"weights over 100":                {sound, "weight: 40", "weight: 40.5", "line 16: the weights of above_scale add up to 100.5, not 100"},
		"a gap after the last class":      {sound, "upto: 1}", "upto: 0.99}", "line 23: a gap: the last class D ends at 0.99, not at 1"},
		"bounds that overlap":             {sound, "upto: 0.6", "upto: 0.2", "line 21: the bounds overlap: B ends at 0.2, A before it at 0.2"},
		"classes out of order":            {sound, "class: B", "class: A", "line 21: the classes are out of order: A after A"},
		"an unknown indicator":            {sound, "{id: I1,", "{id: I9,", `line 17: "I9" is not one of the indicators I1 to I8 or of those the set defines`},
		"the same indicator twice":        {sound, "{id: I1,", "{id: X1,", "line 18: the indicator X1 stands twice"},
		"an unknown indicator asked for":  {sound, "event: safety_accident", "indicator: X2, below: 1", `line 25: "X2" is not one of the indicators`},
		"expired":                         {sound, "verified: true\nevaluation", "verified: true\nvalid_to: 2026-11-22\nevaluation", "line 8: expired: valid until 2026-11-22 (exclusive), checked for 2026-11-22"},
		"no source of the set":            {sound, "source: 本区试行办法\n", "", "line 1: the set does not say where its figures were read"},
		"nothing on verification":         {sound, "applies_to: [QM]\nverified: true\n", "applies_to: [QM]\nnotice: n\n", "line 1: the set does not say whether it is verified"},
		"unverified without a notice":     {sound, "applies_to: [QM]\nverified: true\n", "applies_to: [QM]\nverified: false\n", "line 7: an unverified set needs a notice for its readers"},
		"no source of an own indicator":   {sound, ", source: 第五条", "", "line 11: the indicator X1 names no source"},
		"no verified of an own indicator": {sound, "第五条, verified: true", "第五条", "line 11: the indicator X1 does not say whether it is verified"},
		"no source of an override":        {sound, ", source: 第八条", "", "line 25: the override veto names no source"},
		"no verified of an override":      {sound, "第八条, verified: true", "第八条", "line 25: the override veto does not say whether it is verified"},
		"no tax":                          {sound, "tax: [vat_wan]", "tax: []", "line 9: no tax component is summed"},
		"no bounds":                       {sound, sound[strings.Index(sound, "      bounds:"):strings.Index(sound, "  overrides:")], "", "line 13: above_scale has no class bounds"},
		"benefit below the first band":    {soundStock, "from: -1000000", "from: 1", "line 15: a gap: benefit below 1 has no band"},
		"the same band twice":             {soundStock, "id: high", "id: middle", "line 17: the band middle stands twice"},
		"a small band that is no band":    {soundStock, "small_band: low", "small_band: lowest", `line 13: "lowest" is not one of the bands`},
		"a low band that is no band":      {soundStock, "small_band: low", "small_band: low\n  low_band: lowest", `line 14: "lowest" is not one of the bands`},
		"an evaluation year long ago":     {sound, "applies_to: [QM]", "applies_to: [QM]\nevaluation_years: [2025, 202]", "line 7: 202 is no evaluation year: 1990 to 2200"},
		"an override without an ID":       {sound, "{id: veto, ", "{", `line 25: "" is no ID of its own among the overrides`},
		"an override twice":               {sound, sound[strings.Index(sound, "    - {id: veto"):], strings.Repeat(sound[strings.Index(sound, "    - {id: veto"):], 2), `line 26: "veto" is no ID of its own among the overrides`},
		"an override never in force":      {sound, "class: C, source", "class: C, valid_from: 2026-01-01, valid_to: 2026-01-01, source", "line 25: the override veto is valid to 2026-01-01, which is not after 2026-01-01"},
		"no points to add":                {sound, "effect: cap_class, class: C", "effect: add_points", "line 25: the override veto adds 0 points"},
		"letting costs nothing":           {sound, "{event: safety_accident}, effect: cap_class, class: C", "{letting: true}, effect: add_points", "line 25: the override veto adds 0 points"},
		"a cap of nothing":                {sound, "{id: I1, ", "{id: I1, cap_factor: 0, ", "line 17: a cap_factor of 0 leaves nobody points"},
		"a floor above the cap":           {sound, "{id: I1, ", "{id: I1, cap_factor: 1.5, floor: 1.6, ", "line 17: the floor 1.6 lies above the cap 1.5"},
		"a factor of a fixed base":        {sound, "kind: fixed, value: 10", "kind: fixed, value: 10, factor: 2", "line 17: a base of kind fixed does not read factor"},
		"a value of a mean":               {sound, "kind: cohort_mean", "kind: cohort_mean, value: 3", "line 18: a base of kind cohort_mean does not read value"},
		"a factor of a mean":              {sound, "kind: cohort_mean", "kind: cohort_mean, factor: 3", "line 18: a base of kind cohort_mean does not read factor"},
		"a value of last year's mean":     {sound, "kind: cohort_mean", "kind: last_year_mean, value: 3", "line 18: a base of kind last_year_mean does not read value"},
		"a share in per cent":             {soundExit, "threshold: 0.3", "threshold: 30", "line 15: density is a fraction: a threshold of 30 is 3000 %"},
		"a coefficient in per cent":       {soundExit, "id: density, group: density, metric: density, threshold: 0.3", "id: coefficient, group: density, metric: coefficient, threshold: 1.01", "line 15: coefficient is a fraction"},
		"a new firm of no age":            {soundExit, ", years: 2", "", "line 11: new_firm needs years of at least 1"},
		"a new firm of negative age":      {soundExit, "years: 2", "years: -2", "line 11: new_firm needs years of at least 1"},
		"no way out":                      {soundExit, soundExit[strings.Index(soundExit, "  paths:"):strings.Index(soundExit, "  tests:")], "", "line 8: no path"},
		"a test never in force":           {soundExit, "threshold: 0.3", "threshold: 0.3, valid_from: 2026-02-01, valid_to: 2026-01-01", "line 15: the test density is valid to 2026-01-01, which is not after 2026-02-01"},
	} {
		t.Run(name, func(t *testing.T) {
			set := parse(t, replaceOnce(t, c.text, c.old, c.with))
			found := set.Check(day(someDay))
			if len(found) != 1 || !strings.HasPrefix(found[0].String(), c.want) {
				t.Errorf("found %v, want %q", found, c.want)
			}
		})
	}
	for _, text := range []string{sound, soundStock, soundExit} {
		set := parse(t, text)
		if found := set.Check(day(someDay)); len(found) > 0 {
			t.Errorf("%s is in order, yet %v", set.ID, found)
		}
	}
}

// What two cohorts share by an alias has one fault, not one for each cohort.
func TestFaultOfAnAliasIsSaidOnce(t *testing.T) {
	cohort := sound[strings.Index(sound, "    - id: above_scale"):strings.Index(sound, "  overrides:")]
	shared := strings.Replace(cohort, "bounds:", "bounds: &bounds", 1)
	other := strings.Replace(shared[:strings.Index(shared, "      bounds:")], "above_scale", "below_scale", 1) + "      bounds: *bounds\n"
	text := strings.Replace(sound, cohort, strings.Replace(shared, "upto: 1}", "upto: 0.99}", 1)+other, 1)
	text = strings.ReplaceAll(text, "upto: 0.6", "upto: 0.2")
	set := parse(t, text)
	if len(set.Evaluation.Cohorts) != 2 {
		t.Fatalf("%d cohorts", len(set.Evaluation.Cohorts))
	}
	seen := map[string]int{}
	for _, p := range set.Check(day(someDay)) {
		seen[p.String()]++
	}
	if len(seen) != 2 {
		t.Errorf("found %v, want the gap and the overlap", seen)
	}
	for line, n := range seen {
		if n != 1 {
			t.Errorf("%d times: %s", n, line)
		}
	}
}

func TestRowsOfACohortNeedASource(t *testing.T) {
	text := replaceOnce(t, sound, "      source: 附件一\n      verified: true\n", "")
	set := parse(t, replaceOnce(t, text, "base: {kind: fixed, value: 10}, missing: zero", "base: {kind: fixed, value: 10}, missing: zero, source: 附件一, verified: true"))
	found := set.Check(day(someDay))
	if len(found) != 2 || found[0].String() != "line 16: X1 of above_scale names no source, nor does its cohort" ||
		found[1].String() != "line 16: X1 of above_scale does not say whether it is verified, nor does its cohort" {
		t.Errorf("%v", found)
	}
}

func TestRulesRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, old, with, want string }{
		"bands that overlap":             {soundStock, "from: 20}", "from: 5}", "line 17: the bands overlap or leave their order: from 5 after 5"},
		"an unknown input":               {sound, "denominator: water_t", "denominator: water", `line 11: formula "water", character 1: there is no input "water"`},
		"a formula that ends too soon":   {sound, "numerator: value_added_wan", "numerator: value_added_wan +", "line 11: formula"},
		"an own indicator called I1":     {sound, "{id: X1, title", "{id: I1, title", `line 11: "I1" is not an ID for a set's own indicator`},
		"an own indicator without title": {sound, "title: 单位用水增加值, ", "", "line 11: the indicator X1 has no title"},
		"an unknown base":                {sound, "kind: cohort_mean", "kind: median", `line 18: "median" is not one of [fixed cohort_mean multiple last_year_mean]`},
		"eleven years":                   {sound, "{id: I1, ", "{id: I1, years: 11, aggregate: mean, ", "line 17: years must lie between 1 and 10"},
		"years without an aggregate":     {sound, "{id: I1, ", "{id: I1, years: 3, ", `line 17: "" is not one of [mean min each]`},
		"a zone kind nobody draws":       {sound, "applies_to: [QM]", "applies_to: [QM]\nzones: [{kind: block}]", `line 7: "block" is not one of`},
		"a negative factor":              {sound, "{kind: cohort_mean}", "{kind: last_year_mean, factor: -1}", "line 18: -1 is out of range"},
		"negative years registered":      {sound, "event: safety_accident", "tag: utility, registered_below_years: -2", "line 25: registered_below_years must be a number of years from 1 to 100"},
		"years of production, 0":         {sound, "event: safety_accident", "tag: utility, producing_below_years: 0", "line 25: producing_below_years must be a number of years from 1 to 100"},
		"101 years with the land":        {sound, "event: safety_accident", "land_below_years: 101", "line 25: land_below_years must be a number of years from 1 to 100"},
		"only negative years":            {sound, "event: safety_accident", "registered_below_years: -2", "line 25: registered_below_years must be a number of years from 1 to 100\nline 25: an override without a condition or cohort would change every firm"},
		"a bound of no indicator":        {sound, "event: safety_accident", "tag: utility, below: 2", "line 25: below names no indicator"},
		"only a bound":                   {sound, "event: safety_accident", "below: 2", "line 25: below names no indicator, so nothing would be compared\nline 25: an override without a condition or cohort would change every firm"},
		"an indicator without a bound":   {sound, "event: safety_accident", "indicator: I1", "line 25: the indicator I1 needs below"},
		"a bound that is no number":      {sound, "event: safety_accident", "indicator: I1, below: .nan", "line 25: NaN is out of range"},
		"only a tag that exempts":        {sound, "event: safety_accident", "unless_tag: utility", "line 25: an override without a condition or cohort would change every firm"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := scoring.ParseRuleSet("ours.yaml", []byte(replaceOnce(t, c.text, c.old, c.with)))
			if err == nil || !strings.HasPrefix(err.Error(), "rule set ours.yaml: "+c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestRulesCheckedAgainstTheBook(t *testing.T) {
	set := parse(t, sound)
	other := func(changes ...string) scoring.RuleSet {
		text := replaceOnce(t, sound, "id: ours", "id: theirs")
		for i := 0; i < len(changes); i += 2 {
			text = replaceOnce(t, text, changes[i], changes[i+1])
		}
		return parse(t, text)
	}
	const overlap = "line 5: ours and theirs are both in force for the same park and year: end one with valid_to"
	for name, c := range map[string]struct {
		other scoring.RuleSet
		want  string
	}{
		"the same park and time":                     {other(), overlap},
		"it begins later and both go on":             {other("2026-01-01", "2027-01-01"), overlap},
		"it ended the day the set begins":            {other("verified: true\nevaluation", "verified: true\nvalid_to: 2026-01-01\nevaluation", "2026-01-01\napplies", "2020-01-01\napplies"), ""},
		"it ended a day after the set begins":        {other("verified: true\nevaluation", "verified: true\nvalid_to: 2026-01-02\nevaluation", "2026-01-01\napplies", "2020-01-01\napplies"), overlap},
		"another park":                               {other("[QM]", "[GQ]"), ""},
		"any park: the set that names it goes first": {other("[QM]", `["*"]`), ""},
		"one year: it goes before any year":          {other("applies_to: [QM]", "applies_to: [QM]\nevaluation_years: [2025]"), ""},
		"a zone: it goes before land anywhere":       {other("applies_to: [QM]", "applies_to: [QM]\nzones: [{kind: renewal}]"), ""},
		"it is the set's earlier text":               {set, ""},
		"a set of another kind bears the ID":         {parse(t, replaceOnce(t, soundStock, "id: bands", "id: ours")), "line 2: ours is a set of kind stock: choose another ID, or it would be replaced by one of kind evaluation"},
	} {
		t.Run(name, func(t *testing.T) {
			found := scoring.Book{Sets: []scoring.RuleSet{c.other}}.CheckSet(&set, day(someDay))
			if c.want == "" && len(found) > 0 || c.want != "" && (len(found) != 1 || found[0].String() != c.want) {
				t.Errorf("found %v, want %q", found, c.want)
			}
		})
	}
	zoned := func(id, zones string) scoring.RuleSet {
		return parse(t, replaceOnce(t, replaceOnce(t, sound, "id: ours", "id: "+id), "applies_to: [QM]", "applies_to: [QM]\nzones: "+zones))
	}
	level1, level2 := zoned("one", "[{kind: industrial_line, levels: [1]}]"), zoned("two", "[{kind: industrial_line, levels: [2]}]")
	if found := (scoring.Book{Sets: []scoring.RuleSet{level2}}).CheckSet(&level1, day(someDay)); len(found) > 0 {
		t.Errorf("lines of other levels: %v", found)
	}
	both := zoned("both", "[{kind: industrial_line, levels: [1, 2]}]")
	if found := (scoring.Book{Sets: []scoring.RuleSet{level2}}).CheckSet(&both, day(someDay)); len(found) != 1 {
		t.Errorf("lines of a level both name: %v", found)
	}
}
