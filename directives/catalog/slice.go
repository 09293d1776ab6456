package catalog

import (
	"bytes"
	"regexp"
)

var (
	topKey = regexp.MustCompile(`^[A-Za-z][\w-]*:(?:\s|$)`)
	ownKey = regexp.MustCompile(`^(?:package-name|config):`)
)

// cutProvider returns the text of a provider.yaml with all lines empty but those of the
// top-level keys package-name and config. These are a tenth of the file, and keep their line
// numbers. It reports false unless the file is a plain block mapping at column 0 in which
// each other key closes the quotes and brackets that it opens: else a line that looks like a
// key may be part of a value.
func cutProvider(data []byte) (cut []byte, ok bool) {
	at, start := 0, 0 // start is where the last key begins
	isOwn := false
	for line := range bytes.Lines(data) {
		switch {
		case topKey.Match(line):
			if !isOwn && !isBalanced(data[start:at]) {
				return nil, false
			}
			start, isOwn = at, ownKey.Match(line)
		case !bytes.Contains([]byte(" -#\r\n"), line[:1]):
			return nil, false
		}
		if isOwn || bytes.HasPrefix(line, []byte("---")) {
			cut = append(cut, line...)
		} else {
			cut = append(cut, '\n')
		}
		at += len(line)
	}
	return cut, isOwn || isBalanced(data[start:])
}

// isBalanced reports whether a text has as many closing quotes and brackets as opening ones.
func isBalanced(text []byte) bool {
	count := func(s string) int { return bytes.Count(text, []byte(s)) }
	return (count(`"`)-count(`\"`))%2 == 0 && count("'")%2 == 0 && count("[") == count("]") && count("{") == count("}")
}
