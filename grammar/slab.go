package grammar

// A slab makes values many at a time, since there is one or more for each line of a
// page. Its values live as long as any of them.
type slab[T any] struct {
	free []T // zero values that nobody has yet
	size int // of the next lot
}

// largestLot is how many values a slab makes at a time, at most.
const largestLot = 64

// take returns n zero values.
func (s *slab[T]) take(n int) []T {
	if n > len(s.free) {
		s.size = min(2*s.size+4, largestLot)
		s.free = make([]T, max(n, s.size))
	}
	taken := s.free[:n:n]
	s.free = s.free[n:]
	return taken
}

// next returns a pointer to a zero value.
func (s *slab[T]) next() *T { return &s.take(1)[0] }
