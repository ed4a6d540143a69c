package parcels

import (
	"fmt"
	"math"
)

func (r *Firm) rules(f *findings) {
	checkUSCC(f, r.USCC)
	if message := IndustryCheck(r.Industry); r.Industry != "" && message != "" {
		f.fail("industry", "industry.form", message, "Use the code of GB/T 4754-2017, for example 1951.")
	}
	f.order(SeverityWarning, "registered_on", "produced_on", "production before registration", r.RegisteredOn, r.ProducedOn)
	f.order(SeverityError, "registered_on", "closed_on", "closed before registration", r.RegisteredOn, r.ClosedOn)
	f.order(SeverityWarning, "produced_on", "closed_on", "closed before production", r.ProducedOn, r.ClosedOn)
}

func (o *Occupancy) rules(f *findings) {
	checkCode(f, "parcel", o.Parcel)
	checkUSCC(f, o.USCC)
	f.period("to", o.From, o.To)
}

func (e *Event) rules(f *findings) {
	checkUSCC(f, e.USCC)
	checkCode(f, "parcel", e.Parcel)
	if e.USCC == "" && e.Parcel == "" {
		f.fail("uscc", "events.subject.missing", "it names neither a firm nor a parcel", "Fill in uscc or parcel.")
	}
	f.period("valid_to", e.ValidFrom, e.ValidTo)
}

func (r *Figures) rules(f *findings) {
	checkUSCC(f, r.USCC)
	checkYear(f, "year", r.Year)
	if r.EnergyTce.OK() && r.EnergyBasis == "" {
		f.warn("energy_basis", "energy.basis", "it is not said whether electricity counts as equivalent or calorific value", "Fill in equivalent or calorific.")
	}
	r.unitRules(f)
}

// Output, revenue and value added of one firm are of one order of magnitude; a thousandfold difference is 元 beside 万元. A worker's
// output is some hundred 万元 a year.
const (
	maxSizeRatio      = 1000
	maxWanPerHead     = 50_000
	maxTaxShareOfSize = 2
)

func (r *Figures) unitRules(f *findings) {
	const remedy = "Check whether the amount is in 元; columns are in 万元."
	sizes := []struct {
		column string
		amount Opt[Wan]
	}{{"output_wan", r.OutputWan}, {"revenue_wan", r.RevenueWan}, {"value_added_wan", r.ValueAddedWan}}
	least, most := math.Inf(1), 0.0
	largest := ""
	for _, s := range sizes {
		if v := s.amount.Or(0).Float(); v > 0 {
			if v > most {
				most, largest = v, s.column
			}
			least = min(least, v)
		}
	}
	if most > maxSizeRatio*least {
		f.warn(largest, "money.unit", fmt.Sprintf("it is %.0f times another size of the same firm and year", most/least), remedy)
	}
	if staff := r.Staff.Or(0); staff >= 1 && most/staff > maxWanPerHead {
		f.warn(largest, "money.unit", fmt.Sprintf("%.0f 万元 for each of %v staff is not plausible", most/staff, staff), remedy)
	}
	if most == 0 {
		return
	}
	for _, part := range []struct {
		column string
		amount Opt[Wan]
	}{
		{"vat_wan", r.VATWan},
		{"income_tax_wan", r.IncomeTaxWan},
		{"urban_tax_wan", r.UrbanTaxWan},
		{"land_use_tax_wan", r.LandUseTaxWan},
		{"property_tax_wan", r.PropertyTaxWan},
		{"other_tax_wan", r.OtherTaxWan},
		{"export_credit_wan", r.ExportCreditWan},
		{"rd_wan", r.RDWan},
	} {
		if v := part.amount.Or(0).Float(); v > maxTaxShareOfSize*most && v > 100 {
			f.warn(part.column, "money.unit", fmt.Sprintf("it is %.0f times the firm's largest size", v/most), remedy)
		}
	}
}

func (t *Target) rules(f *findings) {
	if t.BaseYear != 0 {
		checkYear(f, "base_year", t.BaseYear)
	}
	if t.TargetYear != 0 {
		checkYear(f, "target_year", t.TargetYear)
	}
	if t.BaseYear != 0 && t.TargetYear != 0 && t.TargetYear < t.BaseYear {
		f.fail("target_year", "target.order", fmt.Sprintf("it is before the base year %d", t.BaseYear), "Correct one of the two years.")
		return
	}
	t.growthRule(f)
}

func (v *TargetValue) rules(f *findings) {
	checkYear(f, "year", v.Year)
	if v.Source == "" {
		f.warn("source", "target_values.source", "it is not said where the value comes from", "Name the bulletin or report and the place in it.")
	}
}

// growthRule notes a plan whose figures and growth rate do not agree; plans do contradict themselves, so it is no fault of the row.
func (t *Target) growthRule(f *findings) {
	base, growth, target := t.Base.Or(0), t.GrowthPct.Or(0), t.Target.Or(0)
	if base <= 0 || target <= 0 || !t.GrowthPct.OK() || t.BaseYear == 0 || t.TargetYear == 0 {
		return
	}
	implied := base * math.Pow(1+growth/100, float64(t.TargetYear-t.BaseYear))
	if math.Abs(implied-target) > 0.03*target {
		f.warn("target", "target.growth", fmt.Sprintf("growth of %v %% a year leads to %.4g", growth, implied), "Keep it when the plan says so, and write the contradiction into note.")
	}
}
