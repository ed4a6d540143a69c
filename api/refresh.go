package api

import (
	"context"
	"slices"
	"sync"

	"muchan/tiles"
)

// staleTiles are kept tiles that new images changed and that wait to be made anew, the most wanted first.
type staleTiles struct {
	mu   sync.Mutex
	keys []tileKey
}

// add puts tiles before those that still wait since an earlier image.
func (s *staleTiles) add(keys []tileKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := make(map[tileKey]bool, len(keys))
	for _, k := range keys {
		known[k] = true
	}
	s.keys = append(keys, slices.DeleteFunc(s.keys, func(k tileKey) bool { return known[k] })...)
}

// next takes the first of them.
func (s *staleTiles) next() (key tileKey, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.keys) == 0 {
		return key, false
	}
	key, s.keys = s.keys[0], s.keys[1:]
	return key, true
}

// clear forgets them: readers will have them made.
func (s *staleTiles) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = nil
}

// carry keeps the tiles of an image that the next one does not change, and returns those that it does, the most wanted first. It is
// called before readers get the next image, and never makes one of them wait.
func (t *tileCache) carry(old, next *Image) (stale []tileKey) {
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
			stale = append(stale, key)
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

// refresh makes stale tiles anew, as one client among the readers, until they take half of what may be kept. turn waits while something goes
// before it.
func (t *tileCache) refresh(ctx context.Context, stale *staleTiles, image func() *Image, turn func()) error {
	room := t.bytes / 2
	for key, ok := stale.next(); ok; key, ok = stale.next() {
		turn()
		weight, err := t.remake(ctx, key, image)
		if err != nil {
			return err
		}
		if weight >= room {
			stale.clear()
			return nil
		}
		room -= weight
	}
	return nil
}

// remake makes a tile of the current image, again where another came meanwhile, and returns its weight.
func (t *tileCache) remake(ctx context.Context, key tileKey, image func() *Image) (weight uint64, err error) {
	for {
		now := image()
		drawing := now.drawings[key.audience][key.layer]
		if drawing == nil || key.year != now.Scores.Year {
			return 0, nil
		}
		if _, kept := t.lookUp(drawing, key.at, key.as); kept {
			return weight, nil
		}
		tile, err := t.make(ctx, "refresh", drawing, key.at, key.as)
		if err != nil {
			return 0, err
		}
		if weight = uint64(tile.weight()); image() == now {
			return weight, nil
		}
	}
}
