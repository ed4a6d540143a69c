package seeds

import "muchan/parcels"

// demoValues are what some indicators of the plan come to in the demonstration, from 2021 on: invented, on no firm's or zone's record.
var demoValues = []struct {
	target string
	values []float64
}{
	{"gdp", []float64{197.6, 209.1, 221.8, 238.4, 255.9}},
	{"budget", []float64{6.38, 6.71, 6.94, 7.22, 7.51}},
	{"retail", []float64{70.2, 74.9, 79.3, 84.6, 89.8}},
	{"tertiary-share", []float64{21.4, 21.9, 22.6, 23.1, 23.7}},
	{"good-air", []float64{96.9, 97.1, 97.0, 97.4, 97.6}},
	{"pm25", []float64{25, 24, 23, 22, 21}},
	{"pm10", []float64{48, 46, 44, 43, 41}},
	{"green-cover", []float64{43.99, 44.1, 44.22, 44.35, 44.41}},
	{"technology-centres", []float64{8, 9, 9, 10, 10}},
}

const demoValueSource = "示例数据，虚构"

func demoTargetValues() []parcels.TargetValue {
	var rows []parcels.TargetValue
	for _, of := range demoValues {
		for k, v := range of.values {
			rows = append(rows, parcels.TargetValue{Target: of.target, Year: 2021 + k, Value: parcels.Some(v), Source: demoValueSource})
		}
	}
	return rows
}
