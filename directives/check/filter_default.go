package check

import (
	"bytes"
	"regexp"
)

// isDefault reports whether the F at offset at is that of a "default" that may be
// the header of a column.
func (f *filter) isDefault(at int) bool {
	at -= len("de")
	return at >= 0 && startsWith(f.source[at:], "default") &&
		cellHeader.Match(head(f.source[at+len("default"):], 80)) && cellStart.Match(f.source[max(0, at-20):at]) && f.hasTable()
}

// hasTable reports whether the page may hold a table with a head.
func (f *filter) hasTable() bool {
	if f.tableKnown {
		return f.table
	}
	f.tableKnown = true
	folded := bytes.ToLower(f.source)
	for _, mark := range [...]string{"list-table", "csv-table", "+=", "= =", "=  =", "--+"} {
		f.table = f.table || bytes.Contains(folded, []byte(mark))
	}
	return f.table
}

var (
	// cellHeader matches what follows "default" in the header of a column.
	cellHeader = regexp.MustCompile(`(?i)^s?(?: values?| settings?)?(?: \([^)\n]*\))?[^\w\s|,"]*[ \t]*(?:\r|\n|\||,|"|  |$)`)
	// cellStart matches what a cell may begin with before it.
	cellStart = regexp.MustCompile(`(?i)(?:^|[\n\r|,"*-]|  |: )[^\w\n]*(?:the )?(?:current )?$`)
)
