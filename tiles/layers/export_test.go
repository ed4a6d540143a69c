package layers

import "slices"

// Getters lists the fields each layer has a value for.
func Getters() map[string][]string {
	return map[string][]string{
		Parks: names(parkFields), Zones: names(zoneFields), Parcels: names(parcelFields), Buildings: names(buildingFields),
	}
}

func names[R any](g getters[R]) []string {
	var out []string
	for name := range g {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
