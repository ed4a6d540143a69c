package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

// checkPath refuses an agreement on a path that there is not, that is closed to everybody, or that did not fit by the evidence the
// case was opened with. A missing path is for the procedure to refuse.
func checkPath(m *parcels.Matter, a *parcels.Act) error {
	id := strings.TrimSpace(a.Path)
	if a.Act != parcels.ActAgree || id == "" {
		return nil
	}
	if !slices.Contains(scoring.ExitPathIDs, id) {
		known := strings.Join(scoring.ExitPathIDs, ", ")
		return wrongPath(m, words{"没有这种处置路径，可用的有：" + known, "there is no such path; there are " + known})
	}
	if scoring.ClosedPath(id) {
		return wrongPath(m, words{"“" + id + "”不是可以达成协议的处置路径", id + " is no path to agree on"})
	}
	e, err := evidenceOf(m)
	if err != nil {
		return fmt.Errorf("evidence of case %s: %w", m.ID, err)
	}
	paths := e.paths()
	if at := slices.IndexFunc(paths, func(p exitPathDoc) bool { return p.ID == id && !p.Fits }); at >= 0 {
		why := paths[at].Reason
		return wrongPath(m, words{"按立案依据，该路径不适用：" + why.Zh, "by the evidence of the case this path does not fit: " + why.En})
	}
	return nil
}

func wrongPath(m *parcels.Matter, detail words) error {
	return &fault{
		status: http.StatusUnprocessableEntity, code: "refused", detail: detail, next: &Next{m.State, len(m.Acts) + 1, m.Allowed()},
	}
}
