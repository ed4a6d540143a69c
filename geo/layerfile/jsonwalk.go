package layerfile

import (
	"encoding/json"
	"strings"
)

// members visits the members of a JSON object in their order. The object must be valid JSON, as a json.RawMessage from a decoder
// is; it walks over values without building them, which is what makes a first look through a file cheap.
func members(object []byte, visit func(key string, value []byte) error) error {
	i := blankEnd(object, 1)
	for i < len(object) && object[i] == '"' {
		end := valueEnd(object, i)
		key, err := stringOf(object[i:end])
		if err != nil {
			return err
		}
		i = blankEnd(object, end)
		i = blankEnd(object, i+1) // the colon
		end = valueEnd(object, i)
		if err := visit(key, object[i:end]); err != nil {
			return err
		}
		i = blankEnd(object, end)
		if i < len(object) && object[i] == ',' {
			i = blankEnd(object, i+1)
		}
	}
	return nil
}

func blankEnd(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// valueEnd returns where the value that begins at i ends.
func valueEnd(b []byte, i int) int {
	depth := 0
	for ; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = quoteEnd(b, i)
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
		case ':':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// quoteEnd returns the place of the closing quotation mark of the string that begins at i.
func quoteEnd(b []byte, i int) int {
	for i++; i < len(b) && b[i] != '"'; i++ {
		if b[i] == '\\' {
			i++
		}
	}
	return min(i, len(b)-1)
}

// depthOf returns how deep brackets nest.
func depthOf(b []byte) int {
	depth, most := 0, 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = quoteEnd(b, i)
		case '{', '[':
			depth++
			most = max(most, depth)
		case '}', ']':
			depth--
		}
	}
	return most
}

// stringOf decodes a JSON string.
func stringOf(b []byte) (string, error) {
	if inner := string(b[1 : len(b)-1]); !strings.Contains(inner, `\`) {
		return inner, nil
	}
	var s string
	err := json.Unmarshal(b, &s)
	return s, err
}
