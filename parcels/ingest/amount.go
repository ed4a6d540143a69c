package ingest

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

// unitCell is a number with a unit behind it, folded: 12.5万, 1,800(万), 30亩.
var unitCell = regexp.MustCompile(`^([+-]?[\d.,]+)\(?([^\d.,()+-][^()]*)\)?$`)

// splitAmount takes a cell's own unit off its number. The unit in a cell goes before the one in the header; 万 alone counts tens
// of thousands of the header's unit where it is no unit of its own.
func splitAmount(s string, t *target) (number string, factor float64, ok bool) {
	if isPlain(s) {
		return "", 0, false
	}
	m := unitCell.FindStringSubmatch(fold(s))
	if m == nil {
		return "", 0, false
	}
	if factor, ok = factorOf(m[2], t.unit); ok {
		return m[1], factor, true
	}
	if m[2] == "万" {
		return m[1], 1e4 * t.factor, true
	}
	return "", 0, false
}

// amountIn reads a cell that holds a number with its unit.
func amountIn(v any, t *target) (float64, bool) {
	s, ok := v.(string)
	if !ok {
		return 0, false
	}
	number, factor, ok := splitAmount(s, t)
	if !ok {
		return 0, false
	}
	n, ok := ParseNumber(number)
	return n * factor, ok
}

// moneyOf reads an amount exactly, in decimals, and rounds it once, to the fen.
func moneyOf(v any, t *target) (amount parcels.Wan, ok bool, err error) {
	var s string
	factor := t.factor
	switch v := v.(type) {
	case string:
		s = strings.TrimSpace(v)
		if number, own, found := splitAmount(s, t); found {
			s, factor = number, own
		}
	case layerfile.Number:
		s = strings.TrimSpace(string(v))
	default:
		return 0, false, nil
	}
	if fen, ok := plainFen(s, factor); ok {
		return fen, true, nil
	}
	n, ok := ParseNumber(s)
	if !ok {
		return 0, false, nil
	}
	if amount, err = parcels.WanOf(n * factor); err != nil {
		return 0, true, err
	}
	exact, ok := new(big.Rat).SetString(plainDigits(s))
	by, _ := new(big.Rat).SetString(strconv.FormatFloat(factor, 'g', -1, 64))
	if !ok || by == nil {
		return amount, true, nil
	}
	return parcels.Wan(nearest(exact.Mul(exact, by).Mul(exact, big.NewRat(parcels.FenPerWan, 1)))), true, nil
}

// nearest rounds to a whole number, halves away from zero.
func nearest(r *big.Rat) int64 {
	doubled := new(big.Int).Add(new(big.Int).Lsh(new(big.Int).Abs(r.Num()), 1), r.Denom())
	q := doubled.Quo(doubled, new(big.Int).Lsh(r.Denom(), 1)).Int64()
	if r.Sign() < 0 {
		return -q
	}
	return q
}
