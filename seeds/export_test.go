package seeds

import "muchan/parcels"

// Town makes one town of the largest zone there is.
func Town(seed uint64, k int) parcels.Rows {
	return newRegion(Options{Parcels: MaxParcels, Seed: seed}).town(k, townParcels)
}
