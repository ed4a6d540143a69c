package parcels

import (
	"fmt"
	"strings"
)

// usccAlphabet are the 31 characters of GB 32100-2015: no I, O, S, V, Z.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// Positions are counted from 1 in the standard; the legal person's number is 9 to 17.
const (
	usccLen      = 18
	usccOrgFrom  = 8
	usccOrgTo    = 16
	usccPilotOrg = "M000" // numbers given out in a pilot before the standard, all from Fujian; some have another check character
)

// NormaliseUSCC trims a credit code, makes it half-width and upper-case, and takes out blanks and hyphens people write for reading.
func NormaliseUSCC(s string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\u3000", "", "\u00a0", "").Replace(halfWidth(s)))
}

// USCCCheck says what is wrong with a normalised credit code by GB 32100-2015, or returns ok. A code that fails only its check
// characters and comes from the pilot series M000 is legal: pilot is true then.
func USCCCheck(code string) (message string, pilot, ok bool) {
	if len(code) != usccLen {
		return fmt.Sprintf("it is %d characters long, a credit code has 18", len([]rune(code))), false, false
	}
	values := make([]int, usccLen)
	for i := range usccLen {
		if values[i] = strings.IndexByte(usccAlphabet, code[i]); values[i] < 0 {
			return fmt.Sprintf("%q at position %d is not in its alphabet (no I, O, S, V, Z)", code[i:i+1], i+1), false, false
		}
	}
	for i := 2; i < 8; i++ {
		if values[i] > 9 {
			return fmt.Sprintf("positions 3 to 8 are the region, but position %d is %q", i+1, code[i:i+1]), false, false
		}
	}
	pilot = strings.HasPrefix(code[usccOrgFrom:], usccPilotOrg)
	if want := orgCheck(code[usccOrgFrom:usccOrgTo]); want != code[usccOrgTo] {
		return fmt.Sprintf("the organisation code's check digit at position 17 should be %c", want), pilot, false
	}
	if want := usccCheckChar(values); want != code[usccLen-1] {
		return fmt.Sprintf("the check character should be %c", want), pilot, false
	}
	return "", pilot, true
}

// usccCheckChar weighs positions 1 to 17 with 3^(i-1) mod 31.
func usccCheckChar(values []int) byte {
	sum, weight := 0, 1
	for _, v := range values[:usccLen-1] {
		sum += v * weight
		weight = weight * 3 % 31
	}
	return usccAlphabet[(31-sum%31)%31]
}

// orgCheck is the check digit of the eight characters of an organisation code, GB 11714.
func orgCheck(org string) byte {
	sum := 0
	for i, weight := range [...]int{3, 7, 9, 10, 5, 8, 4, 2} {
		c := org[i]
		v := int(c - '0')
		if c >= 'A' {
			v = int(c-'A') + 10
		}
		sum += v * weight
	}
	switch d := 11 - sum%11; d {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + d)
	}
}
