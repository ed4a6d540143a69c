package layerfile

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// cellKind is what a value becomes in a file.
type cellKind int

const (
	missing cellKind = iota
	text
	number
	truth
)

// cell is a value on its way into a file. Each format writes the four kinds in its own way.
type cell struct {
	kind cellKind
	text string // the number's shortest digits for number, "true" or "false" for truth
}

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// cellOf turns a value into a cell. A text in a numeric field becomes a number when it reads as one in JSON's grammar; any other
// text in it is an error rather than a file whose column changes type half way.
func cellOf(v any, t FieldType) (cell, error) {
	switch v := v.(type) {
	case nil:
		return cell{}, nil
	case bool:
		return cell{truth, strconv.FormatBool(v)}, nil
	case int:
		return cell{number, strconv.Itoa(v)}, nil
	case int64:
		return cell{number, strconv.FormatInt(v, 10)}, nil
	case int32:
		return cell{number, strconv.FormatInt(int64(v), 10)}, nil
	case uint64:
		return cell{number, strconv.FormatUint(v, 10)}, nil
	case float64:
		return realCell(v)
	case Number:
		return numberCell(string(v))
	case time.Time:
		return cell{text, v.Format(time.DateOnly)}, nil
	case []string:
		return textCell(strings.Join(v, ";"), t)
	case string:
		return textCell(v, t)
	case fmt.Stringer:
		return textCell(v.String(), t)
	}
	return cell{}, fmt.Errorf("a value of type %T cannot be written", v)
}

func realCell(v float64) (cell, error) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return cell{}, fmt.Errorf("%v is not a number", v)
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if len(s) > 25 {
		s = strconv.FormatFloat(v, 'e', -1, 64)
	}
	return cell{number, s}, nil
}

func numberCell(s string) (cell, error) {
	if !plainNumber.MatchString(s) {
		return cell{}, fmt.Errorf("%q is not a number", clip(s))
	}
	return cell{number, s}, nil
}

func textCell(s string, t FieldType) (cell, error) {
	switch {
	case s == "":
		return cell{}, nil
	case t == Integer || t == Real:
		return numberCell(s)
	}
	return cell{text, strings.ToValidUTF8(s, "\uFFFD")}, nil
}
