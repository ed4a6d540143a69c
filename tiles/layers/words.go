package layers

import (
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

// wordsOf names the values of the coded fields, by layer and field.
var wordsOf = map[string]map[string]func(code string) string{
	Parks: {"definition": titled("parks.definition")},
	Zones: {"kind": titled("zones.kind")},
	Parcels: {
		"state": titled("parcels.state"), "published_class": worded("class"), "class": worded("class"),
		"idle_type": worded("idle"), "idle_stage": worded("stage"), "partial": amounts,
	},
	Buildings: {"use": titled("buildings.use")},
}

// Word names a coded value of a field in Chinese, as files and people do: 在用 for in_use. It reports false for a field whose values
// are no codes. A code without a word stands for itself.
func (l Layer) Word(field, code string) (string, bool) {
	name, coded := wordsOf[l.Name][field]
	if !coded {
		return code, false
	}
	return name(code), true
}

func titled(column string) func(string) string {
	return func(code string) string {
		if title := parcels.EnumTitles[column][code]; title != "" {
			return title
		}
		return code
	}
}

func worded(kind string) func(string) string {
	return func(code string) string { return scoring.Word(kind, code).Zh }
}

// amounts names a list of amounts, as "tax;output".
func amounts(list string) string {
	names := strings.Split(list, ";")
	for i, name := range names {
		for _, f := range parcelsLayer.Fields {
			if f.Name == name+"_wan" {
				names[i] = f.Title
			}
		}
	}
	return strings.Join(names, "、")
}
