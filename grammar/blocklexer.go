package grammar

import (
	"bytes"
	"math"
	"strings"
)

// cutDirectiveBlock cuts the block of a directive, from the colons on. The least
// indentation of the lines below is their margin.
func (c *cutter) cutDirectiveBlock() {
	spec, _ := c.reader.spec(strings.ToLower(string(c.text[c.name.Start:c.name.End])))
	if c.line != c.first {
		c.block = c.block.from(c.line)
		c.margin += c.leastIndent(c.line + 1)
	}
	c.textStart = c.at
	c.hasOptions = !spec.noOptions
	for c.cutBlockLine(); c.nextLine(); c.cutBlockLine() {
	}
	i := c.skipBlank(&c.block, c.line+1)
	if c.hasOptions && i < c.block.end {
		c.cutFieldsBelow(i)
	}
	c.cutContent(i)
}

// leastIndent returns the least indentation of the lines of the block from line i on, 0
// if all are blank.
func (c *cutter) leastIndent(i int) int {
	least := math.MaxInt
	for ; i < c.block.end; i++ {
		c.steps++
		if !c.isBlank(&c.block, i) {
			least = min(least, c.indentOf(&c.block, i))
		}
	}
	if least == math.MaxInt {
		return 0
	}
	return least
}

// cutContent adds all lines from line i on as one token, unless they are blank.
func (c *cutter) cutContent(i int) {
	if i = c.skipBlank(&c.block, i); i < c.block.end {
		c.openLine(i)
		c.token(contentToken, c.at, c.end)
	}
}

// cutBlockLine cuts one line of a directive's block.
func (c *cutter) cutBlockLine() {
	indented := c.indentOf(&c.block, c.line) > 0
	name, n := fieldMarker(c.rest())
	switch {
	case c.hasOptions && !indented && n > 0:
		c.cutField(name, n)
		c.addRest(valueToken)
	case indented && c.inOptions():
		c.addRest(valueToken)
	default:
		c.skipBlanks()
		c.addText()
	}
}

// inOptions reports whether the previous line belongs to an option.
func (c *cutter) inOptions() bool {
	switch c.list[len(c.list)-1].Type {
	case fieldToken, phraseToken, valueToken:
		return true
	}
	return false
}

// cutField adds a field marker of n bytes. Its name ends at offset name of the rest of
// the line.
func (c *cutter) cutField(name, n int) {
	kind := fieldToken
	if bytes.IndexByte(c.rest()[:name], ' ') >= 0 {
		kind = phraseToken
	}
	start := c.at
	c.token(kind, start, start+name+1)
	c.at = start + n
}

// cutFieldsBelow cuts the field list that starts at line i, if any.
func (c *cutter) cutFieldsBelow(i int) {
	if c.openLine(i); !c.isField() {
		return
	}
	c.token(gapToken, c.at, c.at)
	for c.cutBlockLine(); c.nextLine() && (c.isField() || c.indentOf(&c.block, c.line) > 0); c.cutBlockLine() {
	}
}

// isField reports whether the line starts with a field marker whose name is one word.
func (c *cutter) isField() bool {
	name, n := fieldMarker(c.rest())
	return n > 0 && bytes.IndexByte(c.rest()[:name], ' ') < 0
}
