package api

import "muchan/parcels"

// lineage reads which parcels were made from which, once per generation. The snapshot does not tell: it has only those valid today.
func (c *call) lineage() (*parcels.Lineage, error) {
	g := c.image.gen
	g.lineMu.Lock()
	defer g.lineMu.Unlock()
	if g.line != nil {
		return g.line, nil
	}
	descents, err := c.s.Desk.Descents(c.r.Context())
	if err != nil {
		return nil, err
	}
	g.line = parcels.NewLineage(descents, c.image.Snapshot.AsOf)
	return g.line, nil
}

// relatives lists a parcel and all it was made from; none for no code.
func relatives(line *parcels.Lineage, code string) []string {
	if code == "" {
		return nil
	}
	return append(line.Ancestors(code), code)
}
