package parcels_test

import (
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
)

func TestStoreys(t *testing.T) {
	cases := []struct {
		text, again string
		want        []parcels.Storey
	}{
		{"", "", nil},
		{"6000@9;6000@4.5", "6000@9;6000@4.5", []parcels.Storey{{FloorM2: 6000, HeightM: 9}, {FloorM2: 6000, HeightM: 4.5}}},
		{" 6000 @ 9 ; 6000;", "6000@9;6000", []parcels.Storey{{FloorM2: 6000, HeightM: 9}, {FloorM2: 6000}}},
		{"6000@9\uff1b100@", "6000@9;100", []parcels.Storey{{FloorM2: 6000, HeightM: 9}, {FloorM2: 100}}},
		{"6@9;6@9; 6@9;;6@9;5@9;6@9", "6@9;6@9;6@9;6@9;5@9;6@9", []parcels.Storey{{6, 9}, {6, 9}, {6, 9}, {6, 9}, {5, 9}, {6, 9}}},
		{"0.1@0.30000000000000004", "0.1@0.30000000000000004", []parcels.Storey{{FloorM2: 0.1, HeightM: 0.30000000000000004}}},
	}
	for _, c := range cases {
		got, err := parcels.ParseStoreys(c.text)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q gives %v, %v; want %v", c.text, got, err, c.want)
		}
		if again := parcels.FormatStoreys(got); again != c.again {
			t.Errorf("%q is written as %q, want %q", c.text, again, c.again)
		}
	}
	for _, bad := range []string{"x", "6000@x", "-1@3", "6000@-3", "NaN", "1@Inf", "6000,9", "1@2@3", "1e999"} {
		if got, err := parcels.ParseStoreys(bad); err == nil || !strings.Contains(err.Error(), "6000@9") {
			t.Errorf("%q gives %v, %v; want an error with an example", bad, got, err)
		}
	}
}

func TestLists(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, " ; ;": nil, "a": {"a"}, "a;b": {"a", "b"}, " a ;b;": {"a", "b"}, "甲\uff1b乙": {"甲", "乙"},
	} {
		if got := parcels.ParseList(text); !slices.Equal(got, want) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
	if got := parcels.FormatList([]string{"a", "乙"}); got != "a;乙" {
		t.Errorf("list is written as %q", got)
	}
}

func FuzzParseStoreys(f *testing.F) {
	for _, s := range []string{"6000@9;6000@4.5", "1e3", "@", ";", "1@\uff1b2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		storeys, err := parcels.ParseStoreys(s)
		if err != nil {
			return
		}
		if again, err := parcels.ParseStoreys(parcels.FormatStoreys(storeys)); err != nil || !slices.Equal(again, storeys) {
			t.Errorf("%q gives %v, then %v, %v", s, storeys, again, err)
		}
	})
}
