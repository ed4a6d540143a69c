package scoring_test

import (
	"regexp"
	"testing"
)

// TestEnglishHoldsNoChinese: what a rule set says to English readers is in Latin letters throughout, its sources' names and numbers too.
func TestEnglishHoldsNoChinese(t *testing.T) {
	english := regexp.MustCompile(`\w+_en: (?:"[^"]*"|[^,}\n]*)`)
	chinese := regexp.MustCompile(`\p{Han}|[〔〕（）、，；：]`)
	for i := range shipped(t).Sets {
		set := &shipped(t).Sets[i]
		for _, text := range english.FindAllString(string(set.Text), -1) {
			if chinese.MatchString(text) {
				t.Errorf("%s: %s", set.ID, text)
			}
		}
	}
}
