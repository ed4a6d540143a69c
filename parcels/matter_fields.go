package parcels

import (
	"fmt"
	"slices"
	"strings"
)

// actFields are the members of an act that only some acts have.
var actFields = []struct {
	name, title string
	given       func(a *Act) bool
	acts        []string
}{
	{"until", "截止日期", func(a *Act) bool { return a.Until.OK() }, []string{ActRectify, ActExtend, ActNotice}},
	{"about", "所针对的异议", func(a *Act) bool { return a.About != 0 }, []string{ActUphold, ActReject}},
	{"party", "异议人", func(a *Act) bool { return a.Party != "" }, []string{ActObject}},
	{"firm", "所涉企业", func(a *Act) bool { return a.Firm != "" }, []string{ActObject}},
	{"parcel", "所涉宗地", func(a *Act) bool { return a.Parcel != "" }, []string{ActObject}},
	{"path", "处置路径", func(a *Act) bool { return a.Path != "" }, []string{ActAgree}},
	{"correction", "更正内容", func(a *Act) bool { return a.Correction != "" }, []string{ActUphold}},
	{"change", "更正所在的变更", func(a *Act) bool { return a.Change != 0 }, []string{ActUphold, ActRedraft}},
}

// misplaced names the first member that the act has and acts of its sort do not: what somebody meant by it would be lost.
func (a *Act) misplaced() (zh, en string) {
	for _, f := range actFields {
		if f.given(a) && !slices.Contains(f.acts, a.Act) {
			return fmt.Sprintf("“%s”没有“%s”一项", ActTitles[a.Act], f.title), fmt.Sprintf("an act %s has no %s", a.Act, f.name)
		}
	}
	return "", ""
}

// trim takes the space off the texts that must not be blank.
func (a *Act) trim() {
	for _, s := range []*string{&a.Party, &a.Firm, &a.Parcel, &a.Path, &a.Correction} {
		*s = strings.TrimSpace(*s)
	}
}
