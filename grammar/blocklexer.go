package grammar

import (
	"bytes"
	"math"
	"strings"
)

// directiveBlock cuts what follows the colons of a directive. Of the lines below, the
// margin is the least indentation.
func (c *cutter) directiveBlock() {
	spec, _ := c.reader.spec(strings.ToLower(string(c.text[c.name.Start:c.name.End])))
	if c.line != c.first {
		c.block = c.block.from(c.line)
		c.margin += c.leastIndent(c.line + 1)
	}
	c.lo = c.at
	c.options = !spec.noOptions
	for c.blockLine(); c.next(); c.blockLine() {
	}
	i := c.skipBlank(&c.block, c.line+1)
	if c.options && i < c.block.end {
		c.fieldsBelow(i)
	}
	c.content(i)
}

// leastIndent returns the least indentation of the lines of the block from line i on.
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

// content adds all lines from line i on, or none if they are blank.
func (c *cutter) content(i int) {
	if i = c.skipBlank(&c.block, i); i < c.block.end {
		c.open(i)
		c.token(contentToken, c.at, c.end)
	}
}

// blockLine cuts a line of a directive's block.
func (c *cutter) blockLine() {
	indented := c.indentOf(&c.block, c.line) > 0
	name, n := fieldMarker(c.rest())
	switch {
	case c.options && !indented && n > 0:
		c.field(name, n)
		c.addRest(valueToken)
	case indented && c.inOptions():
		c.addRest(valueToken)
	default:
		c.skipBlanks()
		c.addText()
	}
}

// inOptions reports whether the line before belongs to an option.
func (c *cutter) inOptions() bool {
	switch c.list[len(c.list)-1].Type {
	case fieldToken, phraseToken, valueToken:
		return true
	}
	return false
}

// field adds a field marker of n bytes, whose name ends at offset name of the line's rest.
func (c *cutter) field(name, n int) {
	kind := fieldToken
	if bytes.IndexByte(c.rest()[:name], ' ') >= 0 {
		kind = phraseToken
	}
	start := c.at
	c.token(kind, start, start+name+1)
	c.at = start + n
}

// fieldsBelow adds the fields that the lines from line i on begin with.
func (c *cutter) fieldsBelow(i int) {
	if c.open(i); !c.isField() {
		return
	}
	c.token(gapToken, c.at, c.at)
	for c.blockLine(); c.next() && (c.isField() || c.indentOf(&c.block, c.line) > 0); c.blockLine() {
	}
}

// isField reports whether the line begins with a field marker whose name is one word.
func (c *cutter) isField() bool {
	name, n := fieldMarker(c.rest())
	return n > 0 && bytes.IndexByte(c.rest()[:name], ' ') < 0
}
