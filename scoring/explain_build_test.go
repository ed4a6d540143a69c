package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// TestParcelWithoutBuildings checks that a metric without a value says it lacks a building, and shows no zero it does not know.
func TestParcelWithoutBuildings(t *testing.T) {
	all := explained(t, run(t, parcels.Rows{Parcels: []parcels.Parcel{plot(1, 30)}}, shipped(t), someDay), code(1))
	for _, id := range []string{"coefficient", "office_share"} {
		e := all[id]
		if e.Value.OK() || e.Note != "无建筑记录" || e.NoteEn != "no building is on file" {
			t.Errorf("%s: value %v, %q | %q", id, e.Value, e.Note, e.NoteEn)
		}
	}
	if got := officeFloor(t, all["office_share"]); got != "" {
		t.Errorf("the office floor area of no building is %q", got)
	}
}

// TestYardWithoutBuildings checks that a coefficient that has a value still says what it leaves out.
func TestYardWithoutBuildings(t *testing.T) {
	p := plot(1, 30)
	p.YardAreaM2 = m2(1000)
	e := explained(t, run(t, parcels.Rows{Parcels: []parcels.Parcel{p}}, shipped(t), someDay), code(1))["coefficient"]
	near(t, "coefficient of the yard alone", e.Value, 5, 1e-9)
	if e.Note != "无建筑记录; 构筑物或堆场面积未填，未计入" {
		t.Errorf("%q", e.Note)
	}
}

func TestBuildingsStillExplainCoefficientAndOffice(t *testing.T) {
	rows := parcels.Rows{Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: []parcels.Building{plant("b", 1, 1000)}}
	all := explained(t, run(t, rows, shipped(t), someDay), code(1))
	if got := all["coefficient"].Note; got != "构筑物或堆场面积未填，未计入" {
		t.Errorf("coefficient: %q", got)
	}
	if got := all["office_share"].Note; !strings.Contains(got, "按建筑面积比例推算") {
		t.Errorf("office: %q", got)
	}
	if got := officeFloor(t, all["office_share"]); got != "0" {
		t.Errorf("a plant without offices has office floor area %q, want a known 0", got)
	}
	rows.Buildings[0].Storeys = nil
	all = explained(t, run(t, rows, shipped(t), someDay), code(1))
	if got := officeFloor(t, all["office_share"]); got != "" {
		t.Errorf("without storeys the office floor area is %q", got)
	}
}

func officeFloor(t *testing.T, e scoring.Explanation) string {
	t.Helper()
	for _, o := range e.Inputs {
		if o.Name == "其中办公、宿舍、配套" {
			return o.Value
		}
	}
	t.Fatalf("no office floor area among %+v", e.Inputs)
	return ""
}
