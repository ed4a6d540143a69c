package report

import "strings"

// useTitles names land-use codes of the three classifications. The page has the same words; a test holds the two together.
var useTitles = map[string]string{
	"1001": "工业用地", "100101": "一类工业用地", "100102": "二类工业用地", "100103": "三类工业用地", "1101": "物流仓储用地", "110101": "一类物流仓储用地",
	"0901": "商业用地", "0902": "商务金融用地", "0802": "科研用地", "0701": "城镇住宅用地", "1207": "城镇村道路用地", "1401": "公园绿地",
	"0804": "教育用地", "1303": "供电用地", "M0": "新型产业用地", "M1": "一类工业用地", "M2": "二类工业用地", "M3": "三类工业用地",
	"W1": "一类物流仓储用地",
}

// UseTitle names a land-use code, "" when it has no name here.
func UseTitle(code string) string { return useTitles[code] }

// joined puts together the texts that say something, with a mark between them.
func (l tongue) joined(mark string, texts ...string) string {
	var said []string
	for _, t := range texts {
		if t != "" {
			said = append(said, t)
		}
	}
	return strings.Join(said, l.say(mark))
}

// suspected is what every page with suspicions must say.
const suspected = "本档案所列问题均为依规则计算的“疑似”提示，不是认定；认定由主管部门依法作出。"
