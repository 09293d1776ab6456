package catalog

import (
	"bytes"
	"strings"

	"windsock/directives/finding"
)

// parseProvider parses the keys of a provider.yaml that windsock needs, or the whole file if
// their lines cannot be cut out.
func parseProvider(f File) (*YAML, []finding.Finding) {
	if cut, starts, ok := cutProvider(f.Data); ok {
		if root, err := decode(cut); err == nil && root != nil {
			return &YAML{Path: f.Path, Data: f.Data, Root: root, starts: starts}, nil
		}
	}
	return ParseYAML(f.Path, f.Data)
}

// cutProvider returns the lines of the top-level keys package-name and config, about a tenth of
// a provider.yaml, and their offsets in the file. It reports false unless the file is a plain
// block mapping at column 0, and every other key closes the quotes and brackets that it opens.
// Otherwise a line that looks like a key could be part of a value.
func cutProvider(data []byte) (cut []byte, starts []int, ok bool) {
	for _, end := range []string{"\r", "\u0085", "\u2028", "\u2029"} { // line endings of YAML
		if bytes.Contains(data, []byte(end)) {
			return nil, nil, false
		}
	}
	at, start := 0, 0 // start is the offset of the last key
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

// isBalanced reports whether a text closes all quotes and brackets that it opens.
func isBalanced(text []byte) bool {
	count := func(s string) int { return bytes.Count(text, []byte(s)) }
	return (count(`"`)-count(`\"`))%2 == 0 && count("'")%2 == 0 && count("[") == count("]") && count("{") == count("}")
}
