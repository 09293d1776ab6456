package catalog

import "bytes"

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\ufeff"

// yamlLines returns the offsets of the lines of data as YAML counts them.
func yamlLines(data []byte) []int {
	starts := []int{0}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		starts[0] = len(byteOrderMark)
	}
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '\r' && i+1 < len(data) && data[i+1] == '\n':
			i++
			starts = append(starts, i+1)
		case c == '\n' || c == '\r':
			starts = append(starts, i+1)
		case c == 0xC2 || c == 0xE2:
			if n := oddBreak(data[i:]); n > 0 {
				starts = append(starts, i+n)
			}
		}
	}
	return starts
}

// oddBreaks are the characters that break a line in YAML 1.1 alone.
var oddBreaks = []string{"\u0085", "\u2028", "\u2029"}

// oddBreak returns the length of the odd break at the beginning of data, or 0.
func oddBreak(data []byte) int {
	for _, s := range oddBreaks {
		if bytes.HasPrefix(data, []byte(s)) {
			return len(s)
		}
	}
	return 0
}

// hasOddBreaks reports whether data holds an odd break anywhere.
func hasOddBreaks(data []byte) bool {
	for _, s := range oddBreaks {
		if bytes.Contains(data, []byte(s)) {
			return true
		}
	}
	return false
}

// hasLoneReturn reports whether a CR stands in data without its LF.
func hasLoneReturn(data []byte) bool {
	for i := 0; ; i++ {
		n := bytes.IndexByte(data[i:], '\r')
		if n < 0 {
			return false
		}
		if i += n; i+1 == len(data) || data[i+1] != '\n' {
			return true
		}
	}
}
