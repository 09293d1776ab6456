package catalog

import (
	"bytes"
	"unicode/utf8"
)

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\ufeff"

// yamlLines returns the offsets of the lines of data as YAML counts them.
func yamlLines(data []byte) []int {
	starts := []int{0}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		starts[0] = len(byteOrderMark)
	}
	for i, c := range string(data) {
		switch c {
		case '\r':
			if bytes.HasPrefix(data[i+1:], []byte("\n")) {
				continue
			}
			fallthrough
		case '\n', '\u0085', '\u2028', '\u2029':
			starts = append(starts, i+utf8.RuneLen(c))
		}
	}
	return starts
}

// hasOddBreaks reports whether data holds a character that breaks a line in YAML 1.1 alone.
func hasOddBreaks(data []byte) bool {
	isIn := func(s string) bool { return bytes.Contains(data, []byte(s)) }
	return isIn("\u0085") || isIn("\u2028") || isIn("\u2029")
}

// hasLoneReturn reports whether a CR stands in data without its LF.
func hasLoneReturn(data []byte) bool {
	return bytes.Count(data, []byte("\r")) != bytes.Count(data, []byte("\r\n"))
}
