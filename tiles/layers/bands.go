package layers

import (
	"slices"
	"strconv"

	"muchan/parcels"
)

// limits are where the bands of a figure per mu begin, in 万元/亩. Those of tax are the limits of 泉政办规〔2025〕13号. No document
// bands output or value added: theirs double from band to band around the zone's level (the plan's 2025 target of 26.7 亿元/km² of
// value added is 178 万元/亩), wide enough that a band tells no firm's figure.
var limits = map[string][]float64{
	"tax_band":         {5, 20},
	"output_band":      {200, 400, 800},
	"value_added_band": {50, 100, 200},
}

// bandNames are the values of each band field, ascending.
var bandNames = map[string][]string{
	"tax_band":         named(limits["tax_band"]),
	"output_band":      named(limits["output_band"]),
	"value_added_band": named(limits["value_added_band"]),
}

// Bands returns the names of a band field's values in ascending order, or nil for a field that is no band.
func Bands(field string) []string { return slices.Clone(bandNames[field]) }

func named(edges []float64) []string {
	names := []string{"<" + edge(edges[0])}
	for i := 1; i < len(edges); i++ {
		names = append(names, edge(edges[i-1])+"–"+edge(edges[i]))
	}
	return append(names, "≥"+edge(edges[len(edges)-1]))
}

func edge(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// band names the band a figure falls in; a band holds its lower limit and not its upper one.
func band(field string, figure parcels.Opt[float64]) cell {
	v, ok := figure.Get()
	if !ok {
		return cell{}
	}
	i, exact := slices.BinarySearch(limits[field], v)
	if exact {
		i++
	}
	return text(bandNames[field][i])
}
