package layers

import (
	"cmp"
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

// wordsOf names the values of the coded fields, by layer and field.
var wordsOf = map[string]map[string]func(code string) scoring.Text{
	Parks: {"definition": titled("parks.definition")},
	Zones: {"kind": titled("zones.kind")},
	Parcels: {
		"state": worded("state"), "published_class": worded("class"), "class": worded("class"),
		"idle_type": worded("idle"), "idle_stage": worded("stage"), "partial": amounts,
	},
	Buildings: {"use": titled("buildings.use")},
}

// Word names a coded value of a field in Chinese, as files and people do: 在用 for in_use. It reports false for a field whose values
// are no codes. A code without a word stands for itself.
func (l Layer) Word(field, code string) (string, bool) {
	words, coded := l.Words(field, code)
	return words.Zh, coded
}

// Words is Word in Chinese and English.
func (l Layer) Words(field, code string) (scoring.Text, bool) {
	name, coded := wordsOf[l.Name][field]
	if !coded {
		return scoring.Text{Zh: code, En: code}, false
	}
	return name(code), true
}

// titled names a value of an enumeration, whose codes are English words.
func titled(column string) func(string) scoring.Text {
	return func(code string) scoring.Text {
		return scoring.Text{Zh: cmp.Or(parcels.EnumTitles[column][code], code), En: strings.ReplaceAll(code, "_", " ")}
	}
}

func worded(kind string) func(string) scoring.Text {
	return func(code string) scoring.Text { return scoring.Word(kind, code) }
}

// amounts names a list of amounts, as "tax;output".
func amounts(list string) scoring.Text {
	names := strings.Split(list, ";")
	english := slices.Clone(names)
	for i, name := range names {
		for _, f := range parcelsLayer.Fields {
			if f.Name == name+"_wan" {
				names[i], english[i] = f.Title, f.TitleEn
			}
		}
	}
	return scoring.Text{Zh: strings.Join(names, "、"), En: strings.Join(english, ", ")}
}
