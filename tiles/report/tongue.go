package report

import (
	"fmt"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

// tongue is the language of a document: Chinese, or English with what the data say left as it is.
type tongue struct{ english bool }

// say words one of our own texts, all of which stand in english.
func (l tongue) say(zh string) string {
	if en, known := english[zh]; l.english && known {
		return en
	}
	return zh
}

func (l tongue) sayf(format string, args ...any) string { return fmt.Sprintf(l.say(format), args...) }

// pick chooses between texts that come in both languages. Where the English one was never written, the Chinese one says more than none.
func (l tongue) pick(zh, en string) string {
	if l.english && en != "" {
		return en
	}
	return zh
}

func (l tongue) of(t scoring.Text) string { return l.pick(t.Zh, t.En) }

// unit is a unit as it is printed: 万元 has no short English name and stays.
func (l tongue) unit(unit string) string {
	if l.english {
		return englishUnits.Replace(unit)
	}
	return unit
}

var englishUnits = strings.NewReplacer("吨标准煤", "tce", "亩", "mu", "吨", "t", "人", "persons", "年", "years", "天", "days", "幢", "", "家", "", "宗", "", "层", "", "个", "")

// park names a park with its code.
func (l tongue) park(p *parcels.Park) string {
	return l.sayf("%s（%s）", l.pick(p.Name, p.NameEn), p.Code)
}

// use names a land-use code, "" when it has no name here.
func (l tongue) use(code string) string { return l.say(UseTitle(code)) }
