package remap

import (
	"bytes"
	"errors"
	"io"
)

// longestLine is how many bytes of a line are held; what is longer is rewritten
// piece by piece.
const longestLine = 64 << 10

// A Stream rewrites the paths of output trees in what is written to it.
type Stream struct {
	trees   []*tree
	to      io.Writer
	held    []byte // a line that has not ended, or what is left of it
	looked  int    // how much of that was looked at: no line ends there
	whole   bool   // whether it is held to its end, since it may name a tree
	note    string // what is to be said at the end of that line
	started bool   // whether some of that line was passed on
}

// NewStream returns a stream to a writer, for the given output trees. They need not
// be there before the first of their paths comes.
func NewStream(to io.Writer, outs []string) *Stream {
	s := &Stream{to: to}
	for _, out := range outs {
		t := newTree(out)
		for _, other := range s.trees {
			if other.base == t.base {
				other.twin, t.twin = true, true
			}
		}
		s.trees = append(s.trees, t)
	}
	return s
}

// Copy passes on all that a reader gives, until it ends. Whatever was read is
// passed on before more is read, less what may be the beginning of a path.
func (s *Stream) Copy(from io.Reader) error {
	chunk := make([]byte, 32<<10)
	for {
		n, err := from.Read(chunk)
		passed := s.pass(chunk[:n])
		switch {
		case passed != nil:
			return passed
		case errors.Is(err, io.EOF):
			return s.end()
		case err != nil:
			return errors.Join(s.end(), err)
		}
	}
}

// Missing returns the first of the output trees of which nothing is known, and why,
// nil if there is none.
func (s *Stream) Missing() (out string, err error) {
	for _, t := range s.trees {
		if err := t.origins.Refresh(); err != nil {
			return t.out, err
		}
	}
	return "", nil
}

// pass takes what was read.
func (s *Stream) pass(data []byte) error {
	var out []byte
	s.held = append(s.held, data...)
	for {
		end := bytes.IndexAny(s.held[s.looked:], "\r\n")
		if end < 0 {
			break
		}
		end += s.looked
		out = s.line(out, s.held[:end])
		out = append(out, s.held[end])
		s.drop(end + 1)
	}
	if n := s.settled(); n > 0 {
		out = append(out, s.rewrite(s.held[:n])...)
		s.drop(n)
		s.started = true
	}
	s.looked = len(s.held)
	return s.write(out)
}

// drop drops what is held of a line up to offset n, which was passed on.
func (s *Stream) drop(n int) { s.held, s.looked, s.whole = s.held[n:], 0, false }

// end takes the end of what is read.
func (s *Stream) end() error {
	out := s.line(nil, s.held)
	s.drop(len(s.held))
	return s.write(out)
}

// write passes on what was rewritten, if there is any.
func (s *Stream) write(out []byte) error {
	if len(out) == 0 {
		return nil
	}
	_, err := s.to.Write(out)
	return err
}

// line appends a line to out, or what is left of one.
func (s *Stream) line(out, line []byte) []byte {
	line = s.rewrite(line)
	if s.note != "" {
		end := coloursEnd(string(line))
		line = append(append(bytes.Clone(line[:end]), s.note...), line[end:]...)
	}
	s.note, s.started = "", false
	return append(out, line...)
}

// settled returns how much of a line that has not ended no path can end after. It
// looks only at what is new: a line may come byte by byte.
func (s *Stream) settled() int {
	if len(s.held) >= longestLine {
		return len(s.held)
	}
	for _, t := range s.trees {
		s.whole = s.whole || t.blanks || bytes.Contains(s.held[max(s.looked-len(t.base), 0):], []byte(t.base))
	}
	if blank := bytes.LastIndexByte(s.held[s.looked:], ' '); !s.whole && blank >= 0 {
		return s.looked + blank + 1
	}
	return 0
}
