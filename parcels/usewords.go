package parcels

import (
	"fmt"
	"strings"
)

// useWords are the codes of land uses that sheets write in words, by scheme. Sources: 国土空间调查、规划、用途管制用地用海分类指南
// (自然资发〔2023〕234号), GB 50137-2011 tables 3.3.2, GB/T 21010-2017 table 1. Only uses that a development zone has.
var useWords = map[string]map[string]string{
	"ydyh2023": {
		"工矿用地": "10", "工业用地": "1001", "一类工业用地": "100101", "二类工业用地": "100102", "三类工业用地": "100103", "采矿用地": "1002", "盐田": "1003",
		"仓储用地": "11", "物流仓储用地": "1101", "一类物流仓储用地": "110101", "二类物流仓储用地": "110102", "三类物流仓储用地": "110103", "储备库用地": "1102",
		"居住用地": "07", "公共管理与公共服务用地": "08", "商业服务业用地": "09", "商业用地": "0901", "商务金融用地": "0902",
		"交通运输用地": "12", "公用设施用地": "13", "绿地与开敞空间用地": "14", "特殊用地": "15", "留白用地": "16",
	},
	"gb50137": {
		"工业用地": "M", "一类工业用地": "M1", "二类工业用地": "M2", "三类工业用地": "M3",
		"物流仓储用地": "W", "一类物流仓储用地": "W1", "二类物流仓储用地": "W2", "三类物流仓储用地": "W3",
		"居住用地": "R", "公共管理与公共服务设施用地": "A", "商业服务业设施用地": "B", "道路与交通设施用地": "S", "公用设施用地": "U", "绿地与广场用地": "G",
	},
	"gbt21010": {
		"工矿仓储用地": "06", "工业用地": "0601", "采矿用地": "0602", "盐田": "0603", "仓储用地": "0604",
		"商服用地": "05", "住宅用地": "07", "公共管理与公共服务用地": "08", "特殊用地": "09", "交通运输用地": "10",
	},
}

// wordsToUse takes a land use that is written in words for its code, and the code of one that is written with its words. One word has another
// code in each scheme, so the row has to name it; words that mean another code of the scheme than the one before them leave both for a person.
func wordsToUse(f *findings, p *Parcel) {
	before, words := splitCode(halfWidth(p.UseCode))
	code, known := useWords[p.UseScheme][strings.TrimSpace(words)]
	switch {
	case before == "" && !known, known && before != "" && before != code:
		return
	case before != "" && p.UseScheme == "": // the warning that the scheme is missing stands for both
		p.UseCode = before
		f.note("use_code", "code.spelling", fmt.Sprintf("the code %s is taken without its words", before))
		return
	case !known:
		code = before
	}
	f.note("use_code", "use.words", fmt.Sprintf("%q is taken as %s of %s", p.UseCode, code, p.UseScheme))
	p.UseCode = code
}

// isUseWord reports whether some scheme has a code for a text.
func isUseWord(s string) bool {
	for _, words := range useWords {
		if words[s] != "" {
			return true
		}
	}
	return false
}
