package grammar

import (
	"strings"
	"unicode"
)

// Join joins lines into one Text, with blanks between them.
func Join(lines []Text) Text {
	if len(lines) == 0 {
		return Text{}
	}
	var value strings.Builder
	for i, l := range lines {
		if i > 0 {
			value.WriteByte(' ')
		}
		value.WriteString(l.Value)
	}
	span := Span{Start: lines[0].Start, End: lines[len(lines)-1].End}
	return Text{Span: span, Value: strings.TrimSpace(value.String())}
}

// Trimmed returns the part [start, end) of the value of a line in source, in bytes,
// without white space at its ends.
func (a *Alignment) Trimmed(source []byte, l Text, start, end int) Text {
	part := strings.TrimLeftFunc(l.Value[start:end], unicode.IsSpace)
	start = end - len(part)
	end = start + len(strings.TrimRightFunc(part, unicode.IsSpace))
	return a.Part(source, l, start, end)
}
