package api

import (
	"errors"
	"sync"
)

// makingKey names a tile of one image.
type makingKey struct {
	serial uint64
	tileKey
}

// making is a tile that a worker makes.
type making struct {
	readers int32         // who wait for it
	done    chan struct{} // closed when it is
	tile    *keptTile
	err     error
}

var errBrokenOff = errors.New("the making of the tile broke off")

// makings are the tiles that are being made. Who asks for one of them waits for it and holds no worker, who could make another meanwhile.
type makings struct {
	mu   sync.Mutex
	made map[makingKey]*making
}

// at returns a tile that is being made, nil for one that is not. Like begin it counts the caller as one of the tile's readers.
func (s *makings) at(key makingKey) *making {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.made[key]
	if m != nil {
		m.readers++
	}
	return m
}

// begin returns a tile that is being made, and whether it is for the caller to make it and to call end.
func (s *makings) begin(key makingKey) (m *making, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.made[key]; m != nil {
		m.readers++
		return m, false
	}
	if s.made == nil {
		s.made = map[makingKey]*making{}
	}
	m = &making{readers: 1, done: make(chan struct{}), err: errBrokenOff}
	s.made[key] = m
	return m, true
}

// end has those who wait take what was made, or the error.
func (s *makings) end(key makingKey, m *making) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.made, key)
	if m.tile != nil {
		m.tile.readers.Store(m.readers)
	}
	close(m.done)
}
