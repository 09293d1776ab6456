package render

import (
	"fmt"
	"strings"
	"testing"
)

// pieces returns a page and edits of it, from the bytes of data: each byte is one
// token of the page, or of what an edit makes.
func pieces(data []byte) (source []byte, edits []MappedEdit) {
	tokens := []string{"a", "b ", "\n", "\r\n", "\r", "\u2028", "\n\n", ""}
	for len(data) > 0 {
		kind := data[0]
		data = data[1:]
		if kind < 128 {
			source = append(source, tokens[kind%8]...)
			continue
		}
		e := MappedEdit{Edit: Edit{Start: len(source)}, At: len(source), Name: []string{"", "x", "y"}[kind%3]}
		for n := kind / 3 % 4; n > 0 && len(data) > 0; n-- {
			source = append(source, tokens[data[0]%8]...)
			e.New = append(e.New, tokens[data[0]/8%8]...)
			data = data[1:]
		}
		e.End = len(source)
		if kind%2 == 0 {
			e.At = e.End // as where a blank line is put above
		}
		edits = append(edits, e)
	}
	return source, edits
}

// naive maps the lines of the spliced page one by one: it notes for each byte where
// it comes from.
func naive(source []byte, edits []MappedEdit) (lines []string) {
	type origin struct {
		line int
		name string
	}
	var out []byte
	var from []origin
	last := 0
	copied := func(end int) {
		for ; last < end; last++ {
			out, from = append(out, source[last]), append(from, origin{1 + lineEnds(source[:last]), ""})
		}
	}
	for _, e := range edits {
		copied(e.Start)
		for _, b := range e.New {
			out, from = append(out, b), append(from, origin{1 + lineEnds(source[:e.At]), e.Name})
		}
		last = e.End
	}
	copied(len(source))
	for at := 0; at < len(out); {
		chosen, start := from[at], at
		for ; at < len(out) && (at == start || lineEnds(out[start:at]) == 0 || string(out[at-1:at+1]) == "\r\n"); at++ {
			if chosen.name == "" && from[at].name != "" {
				chosen = from[at]
			}
		}
		lines = append(lines, fmt.Sprint(chosen.line, chosen.name))
	}
	return lines
}

// splits reports whether putting the pieces of a page together makes one line ending
// of two, which edits of pages do not.
func splits(source []byte, edits []MappedEdit) bool {
	ends, last := 0, 0
	var plain []Edit
	for _, e := range edits {
		ends += lineEnds(source[last:e.Start]) + lineEnds(e.New)
		if lineEnds(source[:e.Start])+lineEnds(source[e.Start:]) != lineEnds(source) || lineEnds(source[:e.End])+lineEnds(source[e.End:]) != lineEnds(source) {
			return true
		}
		last = e.End
		plain = append(plain, e.Edit)
	}
	out, err := Splice(source, plain)
	return err != nil || lineEnds(out) != ends+lineEnds(source[last:])
}

// FuzzLineMap holds the map of any page and any edits against a naive one, and
// reads it back from its text.
func FuzzLineMap(f *testing.F) {
	for _, seed := range []string{"", "\x00\x02", "\x00\x02\x87\x10\x10\x02\x00", "\x02\x88\x12\x02\x89\x02\x00\x02", "\x82\x86\x12\x02\x02\x83\x11", "\x00\x8e\x11\x02\x11\x02\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		source, edits := pieces(data)
		if splits(source, edits) {
			return
		}
		want := naive(source, edits)
		m := MapLines(source, edits)
		read, err := ParseLineMap(m.String())
		if err != nil || read.String() != m.String() {
			t.Fatalf("%q is read back as %q: %v", m, read, err)
		}
		for i := range want {
			if got := fmt.Sprint(read.Source(i + 1)); strings.TrimSpace(got) != strings.TrimSpace(want[i]) {
				t.Fatalf("%q with %+v: line %d comes from %s, want %s; map %q", source, edits, i+1, got, want[i], m)
			}
		}
	})
}

// A map is short: nothing for what moves no line, a run for each expansion and one
// for what follows it.
func TestLineMapText(t *testing.T) {
	source := []byte("one\ntwo :r:`x` and :r:`y\nz` more\n\n.. d:: x\n   :o: 1\n\nend\n")
	role := MappedEdit{Edit: Edit{Start: 8, End: 14, New: []byte("5")}, At: 8}
	wrapped := MappedEdit{Edit: Edit{Start: 19, End: 27, New: []byte("6 seconds")}, At: 19}
	directive := MappedEdit{Edit: Edit{Start: 34, End: 52, New: []byte("* a\n* b\n* c\n* d\n")}, At: 34, Name: "d"}
	for _, c := range []struct {
		edits []MappedEdit
		want  string
	}{
		{nil, ""},
		{[]MappedEdit{role}, ""},
		{[]MappedEdit{role, wrapped}, "3=4"},
		{[]MappedEdit{directive}, "5=5*d;9=7"},
		{[]MappedEdit{role, wrapped, directive}, "3=4;4=5*d;8=7"},
	} {
		if got := MapLines(source, c.edits).String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// What is no map is an error, and never a wrong line.
func TestParseLineMapRefuses(t *testing.T) {
	for _, text := range []string{";", "4", "4=", "=4", "4=5;4=6", "9=1;8=2", "0=1", "1=0", "-1=1", "4=4 d;", "4=99999999999999999999"} {
		if m, err := ParseLineMap(text); err == nil {
			t.Errorf("%q is read as %q", text, m)
		}
	}
}
