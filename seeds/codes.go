package seeds

import "fmt"

const (
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // GB 32100-2015: no I, O, S, V, Z
	noRegion       = "359900"                          // a county code that does not exist
)

// creditCode returns a unified social credit code of a firm in the region that does not exist. Both its check characters are
// right. Codes of different serial numbers below 31^6 differ; lead is the first two characters of the organisation code.
func creditCode(lead string, serial int) string {
	org := []byte(lead + "000000")
	for i := 7; i >= 2; i-- {
		org[i] = creditAlphabet[serial%len(creditAlphabet)]
		serial /= len(creditAlphabet)
	}
	body := "91" + noRegion + string(org) + string(orgCheck(org))
	return body + string(creditCheck(body))
}

// orgCheck returns the check character of an organisation code of 8 characters (GB 11714-1997).
func orgCheck(org []byte) byte {
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(org[i] - '0')
		if org[i] >= 'A' {
			v = int(org[i]-'A') + 10
		}
		sum += v * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c)
	}
}

// creditCheck returns the check character of the first 17 characters of a credit code.
func creditCheck(body string) byte {
	sum, weight := 0, 1
	for i := range 17 {
		sum += creditValue(body[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}

func creditValue(c byte) int {
	for i := range len(creditAlphabet) {
		if creditAlphabet[i] == c {
			return i
		}
	}
	panic(fmt.Sprintf("seeds: %q is no character of a credit code", c))
}

// legacyCreditCode returns a code like those of the first pilots in Fujian: its organisation code begins with M000 and its check
// character is wrong.
func legacyCreditCode() string {
	body := "91" + noRegion + "M00000001"
	right := creditValue(creditCheck(body))
	return body + string(creditAlphabet[(right+1)%len(creditAlphabet)])
}

// parcelCode returns a parcel code of 19 characters for state-owned construction land (GB).
func parcelCode(county string, area, subArea, serial int) string {
	return fmt.Sprintf("%s%03d%03dGB%05d", county, area, subArea, serial)
}
