package parcels

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// sections are the sections of GB/T 4754-2017 with their last division; a section begins after the one before it ends.
var sections = []struct {
	letter byte
	last   int
}{
	{'A', 5},
	{'B', 12},
	{'C', 43},
	{'D', 46},
	{'E', 50},
	{'F', 52},
	{'G', 60},
	{'H', 62},
	{'I', 65},
	{'J', 69},
	{'K', 70},
	{'L', 72},
	{'M', 75},
	{'N', 79},
	{'O', 82},
	{'P', 83},
	{'Q', 85},
	{'R', 90},
	{'S', 96},
	{'T', 97},
}

var industryCode = regexp.MustCompile(`^([A-T])?(\d{2,4})$`)

// codeWithWords is a code with what it means behind it, as people copy it from the standard's table: 1952 皮鞋制造, 0601工业用地.
var codeWithWords = regexp.MustCompile(`^([A-Z]?[0-9]*)[\s:：、·.-]*(\p{Han}.*)$`)

// splitCode takes the words off a code; code is "" where there is none before them.
func splitCode(s string) (code, words string) {
	if m := codeWithWords.FindStringSubmatch(strings.TrimSpace(s)); m != nil {
		return m[1], m[2]
	}
	return "", s
}

// NormaliseIndustry trims an industry code, makes it half-width, takes away the words behind it, and takes away its section letter when
// that is the one its division belongs to; a letter that contradicts the division stays, for IndustryCheck to refuse.
func NormaliseIndustry(s string) string {
	s = strings.ToUpper(strings.TrimSpace(halfWidth(s)))
	if code, _ := splitCode(s); industryCode.MatchString(code) {
		s = code
	}
	if m := industryCode.FindStringSubmatch(s); m != nil && m[1] != "" && IndustrySection(m[2]) == m[1] {
		return m[2]
	}
	return s
}

// IndustrySection returns the letter of the section a code belongs to, or "" when its division does not exist.
func IndustrySection(code string) string {
	if len(code) < 2 {
		return ""
	}
	division, err := strconv.Atoi(code[:2])
	if err != nil || division < 1 {
		return ""
	}
	for _, s := range sections {
		if division <= s.last {
			return string(s.letter)
		}
	}
	return ""
}

// IndustryCheck says what is wrong with a normalised industry code, or returns "".
func IndustryCheck(code string) string {
	m := industryCode.FindStringSubmatch(code)
	switch {
	case m == nil:
		return "it is not two to four digits of GB/T 4754-2017"
	case IndustrySection(m[2]) == "":
		return fmt.Sprintf("GB/T 4754-2017 has no division %s", m[2][:2])
	case m[1] != "":
		return fmt.Sprintf("division %s belongs to section %s, not %s", m[2][:2], IndustrySection(m[2]), m[1])
	}
	return ""
}
