package scoring

import (
	"fmt"
	"math/big"

	"go.yaml.in/yaml/v3"
)

// Ratio is an exact fraction. Thresholds are written as 1/3, 0.25 or 25% and compared without rounding, because a rule that says
// "less than one third" must not catch exactly one third.
type Ratio struct{ Num, Den int64 }

// UnmarshalYAML reads a fraction, a decimal or a percentage.
func (r *Ratio) UnmarshalYAML(node *yaml.Node) error {
	v, err := parseRatio(node.Value)
	if err != nil || node.Kind != yaml.ScalarNode {
		return &Fault{said(Text{"%q 不是比例，应写作 1/3、0.25 或 25%%", "%q is not a ratio such as 1/3, 0.25 or 25%%"}, node.Value), node.Line}
	}
	*r = v
	return nil
}

func parseRatio(s string) (Ratio, error) {
	text, scale := s, int64(1)
	if n := len(s); n > 0 && s[n-1] == '%' {
		text, scale = s[:n-1], 100
	}
	// A short text keeps big.Rat from building the number behind an exponent like 1e999999999.
	if len(text) == 0 || len(text) > 24 {
		return Ratio{}, fmt.Errorf("%q is not a ratio", s)
	}
	for _, c := range text {
		if (c < '0' || c > '9') && c != '.' && c != '/' {
			return Ratio{}, fmt.Errorf("%q is not a ratio", s)
		}
	}
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		return Ratio{}, fmt.Errorf("%q is not a ratio", s)
	}
	v.Quo(v, big.NewRat(scale, 1))
	const limit = 1_000_000_000
	if !v.Num().IsInt64() || !v.Denom().IsInt64() || v.Num().Int64() > limit || v.Denom().Int64() > limit {
		return Ratio{}, fmt.Errorf("%q has too many digits for a ratio", s)
	}
	return Ratio{v.Num().Int64(), v.Denom().Int64()}, nil
}

// Float returns the nearest float, for display.
func (r Ratio) Float() float64 {
	if r.Den == 0 {
		return 0
	}
	return float64(r.Num) / float64(r.Den)
}

// above reports whether part/whole < r; the whole must be positive.
func (r Ratio) above(part, whole float64) bool {
	return part*float64(r.Den) < float64(r.Num)*whole
}

// holds reports whether k/n ≤ r.
func (r Ratio) holds(k, n int) bool { return int64(k)*r.Den <= r.Num*int64(n) }
