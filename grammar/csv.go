package grammar

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A csvDialect says how comma-separated values are divided into cells.
type csvDialect struct {
	delimiter, quote string
	escape           string // "" if a quote in quotes is doubled
	keepsSpace       bool   // whether the blanks before a cell belong to it
}

// csvDialects returns the dialects of a csv-table's content and of its option "header".
func (d *Directive) csvDialects() (content, header csvDialect) {
	content = csvDialect{delimiter: ",", quote: `"`, keepsSpace: d.Option("keepspace") != nil}
	for name, to := range map[string]*string{"delim": &content.delimiter, "quote": &content.quote, "escape": &content.escape} {
		if value := d.optionValue(name); value != "" {
			*to = csvCharacter(value)
		}
	}
	return content, csvDialect{delimiter: ",", quote: `"`, escape: `\`}
}

// csvCharacter returns the character that an option's value means, as docutils'
// "single_char_or_whitespace_or_unicode" reads it.
func csvCharacter(value string) string {
	switch value {
	case "tab":
		return "\t"
	case "space":
		return " "
	}
	return value
}

// A csvReader divides lines into cells, as Python's csv module does. It reads on where
// that finds fault, such as with text behind a quoted cell.
// https://docs.python.org/3/library/csv.html
type csvReader struct {
	csvDialect
	source []byte
	lines  []Text
	block  *Element // the Block of the entries

	row     []Entry
	state   csvState
	escaped bool // whether the next character stands for itself
	value   []byte
	pieces  []csvPiece
	aligned Alignment
}

// A csvPiece is a stretch of a cell from which no character is left out.
type csvPiece struct {
	at         int // its offset in the cell
	start, end csvOffset
}

// A csvOffset is an offset in a line.
type csvOffset struct{ line, at int }

// A csvState says where in a cell a reader is.
type csvState int

const (
	csvCellStart csvState = iota
	csvUnquoted
	csvQuoted
	csvQuoteEnd // behind a quote that ends the quoted text, unless another follows
)

// read yields the rows with their numbers, from 0, and reports whether to go on.
func (r *csvReader) read(yield func(n int, row []Entry) bool) bool {
	rows := 0
	for i, line := range r.lines {
		for at := 0; at < len(line.Value); {
			at += r.character(line.Value[at:], csvOffset{i, at})
		}
		if i+1 < len(r.lines) && (r.state == csvQuoted || r.escaped) {
			r.escaped = false
			r.take("\n", csvOffset{i, len(line.Value)}, csvOffset{i + 1, 0})
			continue
		}
		r.endCell()
		if !yield(rows, r.row) {
			return false
		}
		rows, r.row = rows+1, r.row[:0]
	}
	return true
}

// character reads the character that the rest of a line begins with, and returns its
// length.
func (r *csvReader) character(rest string, at csvOffset) int {
	is := func(mark string) bool { return mark != "" && strings.HasPrefix(rest, mark) }
	_, size := utf8.DecodeRuneInString(rest)
	taken := false
	switch {
	case r.escaped:
		r.escaped, taken = false, true
	case r.state == csvCellStart && is(r.quote):
		r.state = csvQuoted
	case r.state != csvQuoteEnd && is(r.escape):
		r.escaped = true
	case r.state == csvQuoted && is(r.quote) && r.escape != "":
		r.state = csvUnquoted
	case r.state == csvQuoted && is(r.quote):
		r.state = csvQuoteEnd
	case r.state == csvQuoteEnd && is(r.quote):
		r.state, taken = csvQuoted, true
	case r.state == csvCellStart && rest[0] == ' ' && !r.keepsSpace:
	case r.state != csvQuoted && is(r.delimiter):
		r.endCell()
	default:
		taken = true
	}
	if taken {
		r.take(rest[:size], at, csvOffset{at.line, at.at + size})
	}
	return size
}

// take adds a character, which stands between two offsets, to the cell.
func (r *csvReader) take(character string, start, end csvOffset) {
	if r.state != csvQuoted {
		r.state = csvUnquoted
	}
	if n := len(r.pieces); n > 0 && r.pieces[n-1].end == start {
		r.pieces[n-1].end = end
	} else {
		r.pieces = append(r.pieces, csvPiece{len(r.value), start, end})
	}
	r.value = append(r.value, character...)
}

// endCell adds the cell to the row.
func (r *csvReader) endCell() {
	e := Entry{Block: r.block}
	end := len(r.value)
	for _, p := range slices.Backward(r.pieces) {
		span := Span{r.offset(p.start), r.offset(p.end)}
		e.Source = append(e.Source, Text{span, string(r.value[p.at:end])})
		end = p.at
	}
	if n := len(e.Source); n > 0 {
		e.Span = Span{e.Source[n-1].Start, e.Source[0].End}
		slices.Reverse(e.Source)
	}
	r.row = append(r.row, e)
	r.state, r.value, r.pieces = csvCellStart, r.value[:0], r.pieces[:0]
}

// offset returns the offset in the source of an offset in a line.
func (r *csvReader) offset(o csvOffset) int {
	return r.aligned.Offset(r.source, r.lines[o.line], o.at)
}
