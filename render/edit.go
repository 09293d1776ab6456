package render

import (
	"cmp"
	"fmt"
	"slices"
)

// An Edit replaces the bytes [Start, End) of a page, counted from 0, by New.
type Edit struct {
	Start, End int
	New        []byte
}

// Splice returns a copy of source with the edits applied, or source itself if
// there are none. The edits can be in any order. Splice returns an error if edits
// overlap or are out of range, since applying them would lose an author's text.
func Splice(source []byte, edits []Edit) ([]byte, error) {
	if len(edits) == 0 {
		return source, nil
	}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	size, last := len(source), 0
	for _, e := range edits {
		if e.Start < last || e.End < e.Start || e.End > len(source) {
			return nil, fmt.Errorf("edit of bytes %d to %d overlaps another or leaves the page of %d bytes", e.Start, e.End, len(source))
		}
		size += len(e.New) - (e.End - e.Start)
		last = e.End
	}
	dst := make([]byte, 0, size)
	last = 0
	for _, e := range edits {
		dst = append(append(dst, source[last:e.Start]...), e.New...)
		last = e.End
	}
	return append(dst, source[last:]...), nil
}

// MapOffsets returns a function that maps an offset in a page to the corresponding
// offset after the edits, which must not overlap. The offset must not be inside an
// edit.
func MapOffsets(edits []Edit) func(int) int {
	edits = slices.SortedFunc(slices.Values(edits), func(a, b Edit) int { return cmp.Compare(a.End, b.End) })
	shifts := make([]int, 1+len(edits))
	for i, e := range edits {
		shifts[i+1] = shifts[i] + len(e.New) - (e.End - e.Start)
	}
	return func(offset int) int {
		n, _ := slices.BinarySearchFunc(edits, offset+1, func(e Edit, end int) int { return cmp.Compare(e.End, end) })
		return offset + shifts[n]
	}
}
