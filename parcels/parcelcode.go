package parcels

import (
	"fmt"
	"regexp"
	"strings"
)

// isParcelCode tells the form of a 宗地代码 by GB/T 37346-2019: county 6, cadastral area 3, sub-area 3, kind of right 2, number 5.
func isParcelCode(s string) bool {
	if len(s) != parcelCodeLen {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; i {
		case 12:
			if strings.IndexByte("GJZ", c) < 0 {
				return false
			}
		case 13:
			if strings.IndexByte("ABSXCDEFHGWY", c) < 0 {
				return false
			}
		default:
			if c < '0' || c > '9' {
				return false
			}
		}
	}
	return true
}

// fixtureCode is what a 不动产单元代码 has behind the parcel code: the kind of fixture and its number.
var fixtureCode = regexp.MustCompile(`^[FLQW]\d{8}$`)

const (
	parcelCodeLen    = 19
	unitCodeLen      = 28
	wrongUnitCodeLen = 32
)

// withoutBlanks takes out every blank, also those of Chinese input and of web pages.
var withoutBlanks = strings.NewReplacer(" ", "", "\u3000", "", "\u00a0", "")

// NormaliseParcelCode trims a parcel code, makes it half-width and upper-case, and takes out the blanks of the printed form.
func NormaliseParcelCode(s string) string {
	return strings.ToUpper(withoutBlanks.Replace(halfWidth(s)))
}

// ParcelCodeCheck says what is wrong with a normalised parcel code, and what to do; both are "" when nothing is.
func ParcelCodeCheck(code string) (message, remedy string) {
	if isParcelCode(code) {
		return "", ""
	}
	switch n := len([]rune(code)); {
	case n == unitCodeLen && isParcelCode(code[:parcelCodeLen]) && fixtureCode.MatchString(code[parcelCodeLen:]):
		return "this is the code of a real-estate unit with 28 characters; its first 19 are the parcel code", "Give " + code[:parcelCodeLen] + "."
	case n == wrongUnitCodeLen:
		return "it has 32 characters: a unit code has 28, with one character for the kind of fixture, and a parcel code 19",
			"Give the 19 characters of the parcel code."
	case n != parcelCodeLen:
		return fmt.Sprintf("it is %d characters long, a parcel code has 19", n), "Write it as on the certificate, for example 350502001001GB00012."
	}
	return "it is not 12 digits, the letters of the right and 5 digits",
		"Write it as on the certificate, for example 350502001001GB00012; GB is state land with a right to build."
}
