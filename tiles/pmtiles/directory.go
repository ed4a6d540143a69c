package pmtiles

import (
	"encoding/binary"
	"fmt"
)

// entry says where run tiles lie whose numbers follow each other and whose contents are the same. An entry with run 0 is a leaf: the
// directory that begins with this tile.
type entry struct {
	id     uint64
	offset uint64
	length uint32
	run    uint32
}

// encoded is a directory's packed form: column after column, as numbers of one kind pack best.
func encoded(entries []entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	before := uint64(0)
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.id-before)
		before = e.id
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.run))
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.length))
	}
	follows := uint64(0) // where the entry before ends
	for i, e := range entries {
		if i > 0 && e.offset == follows {
			b = append(b, 0)
		} else {
			b = binary.AppendUvarint(b, e.offset+1)
		}
		follows = e.offset + uint64(e.length)
	}
	return Compress(b)
}

// firstLeaf is the number of entries with which splitting begins: some 10 KB, as long on the way as any answer.
const firstLeaf = 4096

// directories packs the entries: all into the root if they fit, else into leaves just large enough for the root to hold them.
func directories(entries []entry) (root, leaves []byte, err error) {
	if root, err = encoded(entries); err != nil || len(root) <= maxRoot {
		return root, nil, err
	}
	for size := firstLeaf; size < len(entries); size += size / 2 {
		if root, leaves, err = split(entries, size); err != nil || len(root) <= maxRoot {
			return root, leaves, err
		}
	}
	return nil, nil, fmt.Errorf("pmtiles: the directory of %d entries does not fit", len(entries))
}

// split puts size entries into each leaf.
func split(entries []entry, size int) (root, leaves []byte, err error) {
	var above []entry
	for len(entries) > 0 {
		n := min(size, len(entries))
		leaf, err := encoded(entries[:n])
		if err != nil {
			return nil, nil, err
		}
		above = append(above, entry{id: entries[0].id, offset: uint64(len(leaves)), length: uint32(len(leaf))})
		leaves = append(leaves, leaf...)
		entries = entries[n:]
	}
	root, err = encoded(above)
	return root, leaves, err
}
