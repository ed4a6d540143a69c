package api

import (
	"context"

	"muchan/tiles"
)

// staleTile is a kept tile that a new image changed.
type staleTile struct {
	key     tileKey
	drawing *drawing // the new one
}

// carry keeps the tiles of an image that the next one does not change, and returns those that it does, the most wanted first. It is
// called before readers get the next image, and never makes one of them wait.
func (t *tileCache) carry(old, next *Image) (stale []staleTile) {
	if old == nil || old.Scores.Year != next.Scores.Year {
		return nil
	}
	touches := comparer{}
	for entry := range t.kept.Hottest() {
		key := entry.Key
		before, after := old.drawings[key.audience][key.layer], next.drawings[key.audience][key.layer]
		if key.year != old.Scores.Year || before == nil || after == nil || !entry.Value.isOf(before) {
			continue
		}
		if touches.any(before, after, key.at) {
			stale = append(stale, staleTile{key, after})
			continue
		}
		entry.Value.until.Store(after.serial)
	}
	return stale
}

// comparer compares each pair of images once; audiences may share them.
type comparer map[[2]*tiles.Image]*tiles.Changes

// any reports whether a tile may differ from one drawing to the next.
func (c comparer) any(before, after *drawing, at tiles.Address) bool {
	if c.between(before.image, after.image).Touch(at) {
		return true
	}
	return before.beside != nil && after.beside != nil && c.between(before.beside, after.beside).Touch(at)
}

func (c comparer) between(before, after *tiles.Image) *tiles.Changes {
	pair := [2]*tiles.Image{before, after}
	if c[pair] == nil {
		changes := tiles.Compare(before, after)
		c[pair] = &changes
	}
	return c[pair]
}

// refresh makes stale tiles anew, as one client among the readers, until they take half of what may be kept.
func (t *tileCache) refresh(ctx context.Context, stale []staleTile) error {
	room := t.bytes / 2
	for _, s := range stale {
		if _, ok := t.lookUp(s.drawing, s.key.at, s.key.as); ok {
			continue
		}
		tile, err := t.make(ctx, "refresh", s.drawing, s.key.at, s.key.as)
		if err != nil {
			return err
		}
		if uint64(tile.weight()) >= room {
			return nil
		}
		room -= uint64(tile.weight())
	}
	return nil
}
