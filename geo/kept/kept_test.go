package kept

import (
	"reflect"
	"testing"
)

func TestParse(t *testing.T) {
	values, err := parse("go test fuzz v1\n[]byte(\"\\x00(a)\\n\")\nstring(\"泉)\")\n")
	if want := []any{[]byte("\x00(a)\n"), "泉)"}; err != nil || !reflect.DeepEqual(values, want) {
		t.Errorf("got %q, %v", values, err)
	}
	for _, text := range []string{"", "go test fuzz v2\nstring(\"a\")", "go test fuzz v1\nint(1)", "go test fuzz v1\nbool(\"true\")"} {
		if _, err := parse(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
