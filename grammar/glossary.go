package grammar

import "bytes"

// An entry of a glossary: lines of terms, and the definition that they share.
type entry struct {
	terms      []segment
	definition []segment
}

// glossary reads the content of Sphinx's glossary directive: terms at the
// margin, each group of them with an indented definition. A line that begins
// with ".. " is a comment.
// https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html#directive-glossary
func (p *parser) glossary(e *Element, b block) {
	for _, entry := range p.entries(&b) {
		for _, t := range entry.terms {
			p.addText(e, Term, t.start, t.start+classifier(p.text[t.start:t.end]))
		}
		if len(entry.definition) > 0 {
			p.definition(e, entry.definition)
		}
	}
}

// entries divides the lines of a glossary.
func (p *parser) entries(b *block) (entries []entry) {
	inDefinition, inComment, indent := true, false, 0
	for i := b.first; i < b.end; i++ {
		p.steps++
		start, end := p.bounds(b, i)
		n := p.indentBytes(start, end)
		last := len(entries) - 1
		switch {
		case start == end:
			if inDefinition && last >= 0 {
				entries[last].definition = append(entries[last].definition, segment{start, end})
			}
		case n == 0:
			inComment = bytes.HasPrefix(p.text[start:end], []byte(".. "))
			if inComment {
				continue
			}
			if inDefinition || last < 0 {
				entries = append(entries, entry{})
				last++
			}
			entries[last].terms = append(entries[last].terms, segment{start, end})
			inDefinition = false
		case inComment:
		default:
			if !inDefinition {
				inDefinition, indent = true, n
			}
			if last >= 0 {
				entries[last].definition = append(entries[last].definition, segment{min(start+indent, end), end})
			}
		}
	}
	return entries
}

// classifier returns the length of the term that text begins with: up to a
// colon between blanks.
func classifier(text []byte) int {
	for i := 1; i+1 < len(text); i++ {
		if text[i] == ':' && text[i-1] == ' ' && text[i+1] == ' ' {
			return len(trimRight(text[:i]))
		}
	}
	return len(text)
}

// definition reads the lines of a glossary's definition.
func (p *parser) definition(e *Element, lines []segment) {
	first := len(p.lines)
	if b := p.trimmed(p.blockOf(lines, InDefinition)); !b.isEmpty() {
		start, end := p.extent(&b)
		p.body(b, p.add(e, Definition, start, end))
	}
	p.lines = p.lines[:first]
}
