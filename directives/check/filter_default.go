package check

import (
	"bytes"
)

// isDefault reports whether the F at offset at is that of a "default" that may be
// the header of a column.
func (f *filter) isDefault(at int) bool {
	at -= len("de")
	if at < 0 || !startsWith(f.source[at:], "default") || bytes.HasSuffix(f.source[:at], []byte("y ")) {
		return false // most often it is "by default"
	}
	return cellHeader().Match(head(f.source[at+len("default"):], 80)) && cellStart().Match(f.source[max(0, at-20):at]) && f.tables.ask(f.hasTable)
}

// hasTable reports whether the page may hold a table with a head.
func (f *filter) hasTable() bool {
	return f.hasBorders() || bytes.Contains(f.source, []byte("+=")) || bytes.Contains(bytes.ToLower(f.source), []byte("-table"))
}

var (
	// cellHeader matches what follows "default" in the header of a column.
	cellHeader = pattern(`(?i)^s?(?: values?| settings?)?(?: \([^)\n]*\))?[^\w\s|,"]*[ \t]*(?:\r|\n|\||,|"|  |$)`)
	// cellStart matches what a cell may begin with before it.
	cellStart = pattern(`(?i)(?:^|[\n\r|,"*-]|  |: )[^\w\n]*(?:the )?(?:current )?$`)
)
