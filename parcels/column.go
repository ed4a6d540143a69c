package parcels

import (
	"fmt"

	"muchan/geo"
)

// Kind is the type of a column's values.
type Kind int

// The closed set of kinds, each with the Go type of its field.
const (
	KindText    Kind = iota // string; "" is missing
	KindInteger             // int; always present
	KindReal                // Opt[float64]
	KindMoney               // Opt[Wan]; 万元 with up to six decimals outside
	KindFlag                // Opt[bool]
	KindDay                 // Date; zero is missing
	KindList                // []string; ";" between items outside
	KindStoreys             // []Storey; "floor area@height" joined by ";" outside
	KindShape               // geo.Shape; nil is missing
)

// Column is one attribute of an entity of type T: its name in SQL, Go, JSON and files, its titles on the page and in spreadsheets,
// its unit, and how to reach it.
type Column[T any] struct {
	Name     string // snake case, with the unit in it
	Title    string // Chinese, without the unit
	TitleEn  string
	Unit     string   // as printed: "m²", "万元", "亩", "" for none
	Key      bool     // part of the entity's key
	Required bool     // may not be missing; every key column that is Required must be present
	Enum     []string // the allowed texts; empty for free text
	// Field returns the address of the attribute in a row. Its type fixes the column's Kind; see KindOf.
	Field func(*T) any
}

// Kind returns the kind of the column's values.
func (c Column[T]) Kind() Kind {
	var row T
	return KindOf(c.Field(&row))
}

// Table lists the columns of an entity in their order everywhere.
type Table[T any] struct {
	Name    string // the table, layer and import KIND: "parcels"
	Title   string
	TitleEn string
	Columns []Column[T]
}

// KindOf tells the kind of a field address as returned by Column.Field. It panics on a type outside the closed set.
func KindOf(field any) Kind {
	switch field.(type) {
	case *string:
		return KindText
	case *int:
		return KindInteger
	case *Opt[float64]:
		return KindReal
	case *Opt[Wan]:
		return KindMoney
	case *Opt[bool]:
		return KindFlag
	case *Date:
		return KindDay
	case *[]string:
		return KindList
	case *[]Storey:
		return KindStoreys
	case *geo.Shape:
		return KindShape
	}
	panic(fmt.Sprintf("parcels: no kind for a field of type %T", field))
}

// Missing reports whether the value at a field address is missing.
func Missing(field any) bool {
	switch f := field.(type) {
	case *string:
		return *f == ""
	case *int:
		return false
	case *Opt[float64]:
		return !f.OK()
	case *Opt[Wan]:
		return !f.OK()
	case *Opt[bool]:
		return !f.OK()
	case *Date:
		return !f.OK()
	case *[]string:
		return len(*f) == 0
	case *[]Storey:
		return len(*f) == 0
	case *geo.Shape:
		return len(*f) == 0
	}
	panic(fmt.Sprintf("parcels: no kind for a field of type %T", field))
}
