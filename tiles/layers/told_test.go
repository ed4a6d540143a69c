package layers_test

import (
	"testing"

	"muchan/scoring"
	"muchan/tiles/layers"
)

func TestToldByAudience(t *testing.T) {
	list := []scoring.Explanation{
		{ID: "far", Inputs: []scoring.Operand{{Name: "建筑面积", Unit: "m²"}, {Name: "甲公司 面积", Firm: "91"}, {Name: "出让价款", Unit: "万元"}, {Name: "约定", Unit: "万元/亩"}}},
		{ID: "tax_per_mu", Inputs: []scoring.Operand{{Name: "税收"}}},
		{ID: "something_new"},
	}
	if told := layers.Told(list, layers.Public); len(told) != 0 {
		t.Errorf("the public is told %v", told)
	}
	told := layers.Told(list, layers.Viewer)
	if len(told) != 1 || told[0].ID != "far" || len(told[0].Inputs) != 1 || told[0].Inputs[0].Name != "建筑面积" {
		t.Errorf("a viewer is told %+v", told)
	}
	for _, staff := range []layers.Audience{layers.Analyst, layers.Admin} {
		if told := layers.Told(list, staff); len(told) != len(list) {
			t.Errorf("%s is told %d of %d", staff, len(told), len(list))
		}
	}
	if len(list[0].Inputs) != 4 {
		t.Error("what came in was changed")
	}
}

func TestWhyASuspicionIsRaised(t *testing.T) {
	for kind, viewer := range map[string]bool{
		scoring.FindIdleUnstarted: true, scoring.FindPartlyBuilt: true, scoring.FindBuiltUnused: true, scoring.FindLowOutput: false, scoring.FindLowBenefit: false,
	} {
		f := &scoring.Finding{Type: kind}
		if layers.MayKnowWhy(f, layers.Public) || layers.MayKnowWhy(f, layers.Viewer) != viewer || !layers.MayKnowWhy(f, layers.Analyst) {
			t.Errorf("%s: %v %v %v", kind, layers.MayKnowWhy(f, layers.Public), layers.MayKnowWhy(f, layers.Viewer), layers.MayKnowWhy(f, layers.Analyst))
		}
	}
}
