package scoring

import (
	"fmt"
	"slices"

	"muchan/parcels"
)

// outsideTests says why a parcel is not tested. A parcel without use code or state is tested: in a zone it is industrial land in use
// unless it says otherwise.
func outsideTests(rules *ExitRules, p *parcels.Parcel) Text {
	if prefixes, known := rules.Uses[p.UseScheme]; known && p.UseCode != "" && !hasPrefix(p.UseCode, prefixes) {
		return Text{"用途 " + p.UseCode + " 不属工业、仓储用地，不适用退出检验", "not tested: land use " + p.UseCode + " is not industrial"}
	}
	if p.State != "" && len(rules.States) > 0 && !slices.Contains(rules.States, p.State) {
		state := wordOf("state", p.State)
		return Text{"土地状态“" + state.Zh + "”不适用退出检验", "not tested in the state " + state.En}
	}
	return Text{}
}

// excuse returns the first excuse a parcel has.
func (r *run) excuse(rules *ExitRules, p int) Text {
	parcel := r.snap.Parcels.At(p)
	for _, e := range rules.Excuses {
		switch e.Kind {
		case "government_cause":
			if yes, _ := parcel.Contract.GovernmentCause.Get(); yes && !r.overSince(r.producingSince(p), e.Years) {
				return Text{"政府原因", "government cause"}
			}
		case "within_contract":
			if inBuildingPeriod(&parcel.Contract, r.in.AsOf) || notYetDue(&parcel.Contract, r.in.AsOf) {
				return Text{"尚在合同约定期内", "still within the contractual period"}
			}
		case "new_firm":
			if r.holdersNewerThan(p, e.Years) {
				return Text{fmt.Sprintf("用地企业成立未满 %d 年", e.Years), fmt.Sprintf("its firms were registered less than %d years ago", e.Years)}
			}
		case "exempted":
			if ev := r.exemption(p); ev != nil {
				return Text{"免于评价 " + ev.Document, "exempted " + ev.Document}
			}
		}
	}
	return Text{}
}

// notYetDue reports whether the agreed start of production lies ahead.
func notYetDue(c *parcels.Contract, day parcels.Date) bool {
	return c.DueProductionOn.OK() && day <= c.DueProductionOn
}

// overSince reports whether so many years have passed since a day that is on file.
func (r *run) overSince(day parcels.Date, years int) bool {
	return day.OK() && day.AddYears(years) <= r.in.AsOf
}

// producingSince is the day on which production on the parcel began: the contract's, else, where the parcel has output, that of the
// firm with the largest share. Whatever delayed the land is over by then. Missing where no day is on file.
func (r *run) producingSince(p int) parcels.Date {
	ps := &r.out.Parcels[p]
	if on := r.snap.Parcels.At(p).Contract.ProducedOn; on.OK() || len(ps.Firms) == 0 || !(ps.OutputWan.Or(0) > 0) {
		return on
	}
	return r.snap.Firms[ps.Firms[0].Firm].ProducedOn
}

// holdersNewerThan reports whether all owners of the parcel were registered less than so many years ago; where none is on file, all
// firms on it. A young tenant does not make an old owner's land young, however much of the floor it leases.
func (r *run) holdersNewerThan(p, years int) bool {
	firms := r.out.Parcels[p].Firms
	owned := slices.ContainsFunc(firms, func(s Share) bool { return s.Owns })
	asked := 0
	for _, s := range firms {
		if owned && !s.Owns {
			continue
		}
		on := r.snap.Firms[s.Firm].RegisteredOn
		if !on.OK() || r.overSince(on, years) {
			return false
		}
		asked++
	}
	return asked > 0
}

func (r *run) mainFirm(p int) *parcels.Firm {
	if len(r.out.Parcels[p].Firms) == 0 {
		return nil
	}
	return &r.snap.Firms[r.out.Parcels[p].Firms[0].Firm]
}

// exemption returns an exemption of the parcel or its main firm that counts in the year.
func (r *run) exemption(p int) *parcels.Event {
	for _, i := range r.snap.EventsAt(p) {
		if e := &r.snap.Events[i]; e.Kind == "exempted" && counts(e, r.ledger.year) {
			return e
		}
	}
	if len(r.out.Parcels[p].Firms) == 0 {
		return nil
	}
	return r.eventIn(r.out.Parcels[p].Firms[0].Firm, "exempted")
}
