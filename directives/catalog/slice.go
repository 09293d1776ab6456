package catalog

import (
	"bytes"
	"strings"

	"windsock/directives/finding"
)

// parseProvider decodes what a provider.yaml says to windsock, or all of the file where
// that cannot be cut out.
func parseProvider(f File) (*YAML, []finding.Finding) {
	if cut, starts, ok := cutProvider(f.Data); ok {
		if root, err := decode(cut); err == nil && root != nil {
			return &YAML{Path: f.Path, Data: f.Data, Root: root, starts: starts}, nil
		}
	}
	return ParseYAML(f.Path, f.Data)
}

// cutProvider returns those lines of a provider.yaml that belong to the top-level keys
// package-name and config, a tenth of the file, and where they begin in it. It reports false
// unless the file is a plain block mapping at column 0 in which each other key closes the
// quotes and brackets that it opens: else a line that looks like a key may be part of a value.
func cutProvider(data []byte) (cut []byte, starts []int, ok bool) {
	for _, end := range []string{"\r", "\u0085", "\u2028", "\u2029"} { // of a line, for YAML
		if bytes.Contains(data, []byte(end)) {
			return nil, nil, false
		}
	}
	at, start := 0, 0 // start is where the last key begins
	isOwn := false
	for line := range bytes.Lines(data) {
		if !strings.ContainsRune(" -#\r\n", rune(line[0])) {
			key, _, isKey := bytes.Cut(line, []byte(":"))
			if !isKey || bytes.ContainsAny(key, " \t\"'[]{},?!&*%@`|>") || !isOwn && !isBalanced(data[start:at]) {
				return nil, nil, false
			}
			start, isOwn = at, string(key) == "package-name" || string(key) == "config"
		}
		if isOwn || bytes.HasPrefix(line, []byte("---")) {
			cut, starts = append(cut, line...), append(starts, at)
		}
		at += len(line)
	}
	return cut, starts, isOwn || isBalanced(data[start:])
}

// isBalanced reports whether a text has as many closing quotes and brackets as opening ones.
func isBalanced(text []byte) bool {
	count := func(s string) int { return bytes.Count(text, []byte(s)) }
	return (count(`"`)-count(`\"`))%2 == 0 && count("'")%2 == 0 && count("[") == count("]") && count("{") == count("}")
}
