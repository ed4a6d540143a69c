package scoring

import "muchan/parcels"

// taxPart is one component of tax in the yearly figures.
type taxPart struct {
	name, title, titleEn string
}

// taxParts lists the components a rule set may sum. vat_refund_wan is positive when paid out, so summing it adds it back.
var taxParts = []taxPart{
	{"vat_wan", "增值税", "VAT"},
	{"income_tax_wan", "企业所得税", "Corporate income tax"},
	{"urban_tax_wan", "城建税及附加", "Urban maintenance tax and surcharges"},
	{"land_use_tax_wan", "城镇土地使用税", "Land use tax"},
	{"property_tax_wan", "房产税", "Property tax"},
	{"other_tax_wan", "其他税", "Other taxes"},
	{"export_credit_wan", "免抵调库", "Export credit"},
	{"vat_refund_wan", "留抵退税", "VAT refund"},
}

// taxesOf are a firm's taxes, in the order of taxParts.
func taxesOf(f *parcels.Figures) [taxKinds]parcels.Opt[parcels.Wan] {
	return [...]parcels.Opt[parcels.Wan]{
		f.VATWan, f.IncomeTaxWan, f.UrbanTaxWan, f.LandUseTaxWan, f.PropertyTaxWan, f.OtherTaxWan, f.ExportCreditWan, f.VATRefundWan,
	}
}

func taxNames() []string {
	names := make([]string, len(taxParts))
	for i, p := range taxParts {
		names[i] = p.name
	}
	return names
}

const taxKinds = 8

// taxMask says which of taxParts are summed.
type taxMask [taxKinds]bool

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
	for i, tax := range taxesOf(f) {
		if v, ok := tax.Get(); ok && m[i] {
			sum, any = sum+v, true
		}
	}
	if !any {
		return parcels.Opt[parcels.Wan]{}
	}
	return parcels.Some(sum)
}
