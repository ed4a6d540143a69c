package seeds

import (
	"fmt"
	"math"

	"muchan/parcels"
)

// contract writes the land contract of a parcel that was built on: dates in their order, price and promises. built is the day its
// buildings were complete.
func (h *holding) contract(d *dice, built parcels.Date) {
	mu := h.mu()
	c := &h.Contract
	c.Number = contractNumber(built.Year()-3, h.Code)
	c.SignedOn = built - parcels.Date(900+d.intn(300))
	c.HandedOverOn = c.SignedOn + parcels.Date(30+d.intn(60))
	c.DueStartOn = c.SignedOn.AddMonths(6)
	c.StartedOn = c.DueStartOn - parcels.Date(d.intn(60)) + parcels.Date(d.intn(90))
	c.DueCompletionOn = c.SignedOn.AddMonths(30)
	c.CompletedOn = built
	c.DueProductionOn = c.DueCompletionOn.AddMonths(6)
	c.ProducedOn = built + parcels.Date(60+d.intn(150))
	price := math.Round(mu * d.between(11, 32))
	c.PriceWan = wan(price)
	c.AgreedFAIWan = wan(math.Round(mu * d.between(180, 360)))
	fai := math.Round(c.AgreedFAIWan.Or(0).Float() * d.between(0.75, 1.3))
	c.FAIWan = wan(fai)
	c.TotalBuildWan = wan(math.Round((fai - price) * 0.6))
	c.InvestedBuildWan = c.TotalBuildWan
	c.ToDevelopM2, c.DevelopedM2 = h.TitleAreaM2, h.TitleAreaM2
	c.MinFAR, c.MaxFAR = parcels.Some(0.8), parcels.Some(1.5)
	c.AgreedFloorM2 = parcels.Some(math.Floor(h.floorM2())) // never more than stands
	c.AgreedOutputWanMu = parcels.Some(math.Round(d.between(150, 380)))
	c.AgreedTaxWanMu = parcels.Some(math.Round(d.between(5, 16)))
}

// contractNumber is visibly fictional and unique by parcel.
func contractNumber(year int, code string) string {
	return fmt.Sprintf("演示(%d)%s", year, code[len(code)-8:]+"-"+code[:6]+code[9:12])
}

// Latest days of contracts and of hand-overs. They come before CasesAsOf, so that however far away the agreed start is, the land was
// handed over; fixed days, since the same rows are to come out on every day.
const (
	signedBy     = "2026-05-12"
	handedOverBy = "2026-06-09"
)

// newContract writes a contract for land that is not finished: signed some months before the agreed start of construction.
func (h *holding) newContract(due parcels.Date) {
	mu := h.mu()
	c := &h.Contract
	*c = parcels.Contract{Number: contractNumber(due.Year(), h.Code), DueStartOn: due}
	c.SignedOn = min(due.AddMonths(-8), day(signedBy))
	c.HandedOverOn = min(due.AddMonths(-7), day(handedOverBy))
	c.DueCompletionOn = due.AddMonths(24)
	c.DueProductionOn = due.AddMonths(30)
	c.PriceWan = wan(math.Round(mu * 28))
	c.AgreedFAIWan = wan(math.Round(mu * 320))
	c.TotalBuildWan = wan(math.Round(mu * 170))
	c.InvestedBuildWan = wan(0)
	c.FAIWan = c.PriceWan
	c.ToDevelopM2, c.DevelopedM2 = h.TitleAreaM2, parcels.Some(0.0)
	c.MinFAR, c.MaxFAR = parcels.Some(1.2), parcels.Some(2.5)
	c.AgreedFloorM2 = parcels.Some(math.Round(h.TitleAreaM2.Or(0) * 1.3))
	c.AgreedOutputWanMu, c.AgreedTaxWanMu = parcels.Some(350.0), parcels.Some(20.0)
}

// underConstruction moves a new contract on: started on its agreed day, a share of the money spent.
func (h *holding) underConstruction(share float64) {
	c := &h.Contract
	c.StartedOn = c.DueStartOn
	c.InvestedBuildWan = wan(math.Round(c.TotalBuildWan.Or(0).Float() * share))
	c.FAIWan = wan(c.PriceWan.Or(0).Float() + c.InvestedBuildWan.Or(0).Float())
	c.DevelopedM2 = parcels.Some(round2(h.TitleAreaM2.Or(0) * min(1, share*1.5)))
	h.State = parcels.StateBuilding
}
