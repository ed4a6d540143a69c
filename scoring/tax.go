package scoring

import "muchan/parcels"

// taxPart is one component of tax in the yearly figures.
type taxPart struct {
	name, title, titleEn string
	of                   func(*parcels.Figures) parcels.Opt[parcels.Wan]
}

// taxParts lists the components a rule set may sum. vat_refund_wan is positive when paid out, so summing it adds it back.
var taxParts = []taxPart{
	{"vat_wan", "增值税", "VAT", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.VATWan }},
	{"income_tax_wan", "企业所得税", "Corporate income tax", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.IncomeTaxWan }},
	{"urban_tax_wan", "城建税及附加", "Urban maintenance tax and surcharges", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.UrbanTaxWan }},
	{"land_use_tax_wan", "城镇土地使用税", "Land use tax", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.LandUseTaxWan }},
	{"property_tax_wan", "房产税", "Property tax", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.PropertyTaxWan }},
	{"other_tax_wan", "其他税", "Other taxes", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.OtherTaxWan }},
	{"export_credit_wan", "免抵调库", "Export credit", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.ExportCreditWan }},
	{"vat_refund_wan", "留抵退税", "VAT refund", func(f *parcels.Figures) parcels.Opt[parcels.Wan] { return f.VATRefundWan }},
}

func taxNames() []string {
	names := make([]string, len(taxParts))
	for i, p := range taxParts {
		names[i] = p.name
	}
	return names
}

// taxMask says which of taxParts are summed.
type taxMask [8]bool

// plainTax sums the six taxes as paid; it stands in where no evaluation set applies, and the scores warn about it.
var plainTax = taxMask{true, true, true, true, true, true, false, false}

func maskOf(set *RuleSet) taxMask {
	if set == nil {
		return plainTax
	}
	var m taxMask
	for i, p := range taxParts {
		for _, name := range set.Evaluation.Tax {
			m[i] = m[i] || name == p.name
		}
	}
	return m
}

// ratedTax sums the components of the mask that are on file. It is missing when none of them is: a component that was left blank
// is taken as a tax the firm does not pay, and the explanation names it.
func ratedTax(f *parcels.Figures, m taxMask) parcels.Opt[parcels.Wan] {
	if f == nil {
		return parcels.Opt[parcels.Wan]{}
	}
	sum, any := parcels.Wan(0), false
	for i := range taxParts {
		if !m[i] {
			continue
		}
		if v, ok := taxParts[i].of(f).Get(); ok {
			sum, any = sum+v, true
		}
	}
	if !any {
		return parcels.Opt[parcels.Wan]{}
	}
	return parcels.Some(sum)
}
