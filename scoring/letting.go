package scoring

// tenancy is a 规下 firm's lease on a parcel while its owner held it.
type tenancy struct {
	firm int32
	span span
}

// tenantsBelowScale counts the 规下 firms that lease on parcels the firm owns: the most there were on one day of the year, so that a
// tenant who follows another on 1 July makes no second one.
func (r *run) tenantsBelowScale(f int) int {
	let := r.tenanciesOf(f)
	most := 0
	for i := range let {
		there := map[int32]bool{}
		for _, other := range let {
			if other.span.from <= let[i].span.from && let[i].span.from < other.span.to {
				there[other.firm] = true
			}
		}
		most = max(most, len(there))
	}
	return most
}

func (r *run) tenanciesOf(f int) []tenancy {
	var let []tenancy
	for _, h := range r.ledger.of(f) {
		own := &r.ledger.stakes[h.stake]
		if own.parcel < 0 || !own.own {
			continue
		}
		for i := range r.ledger.at(int(own.parcel)) {
			s := &r.ledger.at(int(own.parcel))[i]
			if s.own || s.firm < 0 || int(s.firm) == f || r.aboveScale(int(s.firm)).Or(true) {
				continue
			}
			if both := own.span.cut(s.span.from, s.span.to); both.days() > 0 {
				let = append(let, tenancy{s.firm, both})
			}
		}
	}
	return let
}
