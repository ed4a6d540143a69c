package api

import "muchan/scoring"

// Fiction says how much of the data is made up.
type Fiction int

// A demo into which a bureau brings its own files holds both until the demo's rows are gone.
const (
	NoFiction Fiction = iota
	SomeFiction
	AllFiction
)

// Notice is what every reader must be told of such data; empty for nothing.
func (f Fiction) Notice() scoring.Text {
	switch f {
	case SomeFiction:
		return scoring.Text{Zh: "含示例数据（虚构）", En: "Contains demo data, which are fictional"}
	case AllFiction:
		return scoring.Text{Zh: "示例数据，全部虚构", En: "Demo data, all fictional"}
	}
	return scoring.Text{}
}

// notice is what every reader must be told of the data.
func (c *call) notice() scoring.Text { return c.image.gen.state.fiction.Notice() }
