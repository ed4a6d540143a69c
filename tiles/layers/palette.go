package layers

import "muchan/scoring"

// ClassLook is how a class is named and coloured on maps, in legends and in files.
type ClassLook struct {
	Class   scoring.Class
	Title   string
	TitleEn string
	Color   string // #RRGGBB
}

// Classes in drawing order, with colours that people with red-green blindness can tell apart (ColorBrewer RdBu). Colour is never to be
// the only cue: A and D are equally dark in grey.
var Classes = []ClassLook{
	{scoring.ClassA, "A", "A", "#0571B0"},
	{scoring.ClassB, "B", "B", "#92C5DE"},
	{scoring.ClassC, "C", "C", "#F4A582"},
	{scoring.ClassD, "D", "D", "#CA0020"},
	{scoring.ClassNotRated, "不评价", "Not rated", "#8C8C8C"},
	{scoring.ClassNone, "无企业", "No firm", "#D9D9D9"},
}
