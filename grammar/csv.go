package grammar

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"
)

// A csvDialect is the notation of a csv-table.
type csvDialect struct {
	delimiter, quote string
	escape           string // "" if quotes inside quotes are doubled
	keepsSpace       bool   // whether leading blanks belong to a cell
}

// csvDialects returns the dialects of a csv-table's content and of its option "header".
func (d *Directive) csvDialects() (content, header csvDialect) {
	content = csvDialect{delimiter: ",", quote: `"`, keepsSpace: d.Option("keepspace") != nil}
	for name, to := range map[string]*string{"delim": &content.delimiter, "quote": &content.quote, "escape": &content.escape} {
		switch value := d.optionValue(name); value {
		case "tab":
			*to = "\t"
		case "space":
			*to = " "
		default:
			if r, n := utf8.DecodeRuneInString(value); r != utf8.RuneError && n == len(value) {
				*to = value
			}
		}
	}
	return content, csvDialect{delimiter: ",", quote: `"`, escape: `\`}
}

// cellPattern matches a cell. Its groups are the text in quotes, the text after the
// closing quote, and a cell without quotes.
func (d csvDialect) cellPattern() *regexp.Regexp {
	delimiter, quote, escape := regexp.QuoteMeta(d.delimiter), regexp.QuoteMeta(d.quote), regexp.QuoteMeta(d.escape)
	inQuotes, plain, space := `[^`+quote+`]|`+quote+quote, `[^`+delimiter+`\n]`, ` *`
	if escape != "" {
		inQuotes, plain = `[^`+quote+escape+`]|`+escape+`.?`, `[^`+delimiter+`\n`+escape+`]|`+escape+`.?`
	}
	if d.keepsSpace {
		space = ""
	}
	return regexp.MustCompile(`(?s)^` + space + `(?:` + quote + `((?:` + inQuotes + `)*)(?:` + quote + `|$)((?:` + plain + `)*)|((?:` + plain + `)*))`)
}

// A csvReader divides lines into cells as Python's csv module does. It accepts what that
// rejects, such as text after a closing quote.
// https://docs.python.org/3/library/csv.html
type csvReader struct {
	csvDialect
	source  []byte
	lines   []Text
	block   *Element // Block of the entries
	text    string   // the lines, each with a line feed
	starts  []int    // offset in text of each line
	aligned Alignment
}

// read yields the rows and their numbers, from 0. It reports whether to go on.
func (r *csvReader) read(yield func(n int, row []Entry) bool) bool {
	var text strings.Builder
	for _, l := range r.lines {
		r.starts = append(r.starts, text.Len())
		text.WriteString(l.Value + "\n")
	}
	r.text = text.String()
	var row []Entry
	cell, rows := r.cellPattern(), 0
	for at := 0; at < len(r.text); {
		m := cell.FindStringSubmatchIndex(r.text[at:])
		row = append(row, r.entry(at, m))
		if at += m[1]; at < len(r.text) && r.text[at] != '\n' {
			at += len(r.delimiter)
			continue
		}
		if !yield(rows, row) {
			return false
		}
		at, rows, row = at+1, rows+1, row[:0]
	}
	return true
}

// entry returns the cell of a match m at an offset in the text.
func (r *csvReader) entry(at int, m []int) Entry {
	e := Entry{Block: r.block}
	doubled := r.escape
	if doubled == "" {
		doubled = r.quote
	}
	e.Source = r.pieces(e.Source, at+m[2], at+m[3], doubled)
	for _, group := range [][]int{m[4:6], m[6:8]} {
		e.Source = r.pieces(e.Source, at+group[0], at+group[1], r.escape)
	}
	if n := len(e.Source); n > 0 {
		e.Span = Span{e.Source[0].Start, e.Source[n-1].End}
	}
	return e
}

// pieces appends text[start:end] without the marks in it. The character after a mark is
// literal.
func (r *csvReader) pieces(list []Text, start, end int, mark string) []Text {
	end = min(end, len(r.text)-len("\n"))
	for next := start; start < end; {
		stop := end
		if n := strings.Index(r.text[next:end], mark); n >= 0 && mark != "" {
			stop = next + n
		}
		if start < stop {
			list = append(list, Text{Span{r.offset(start), r.offset(stop)}, r.text[start:stop]})
		}
		start = stop + len(mark)
		_, size := utf8.DecodeRuneInString(r.text[min(start, end):])
		next = min(start+size, end)
	}
	return list
}

// offset converts an offset in the text to one in the source.
func (r *csvReader) offset(at int) int {
	n := sort.SearchInts(r.starts, at+1) - 1
	return r.aligned.Offset(r.source, r.lines[n], at-r.starts[n])
}
