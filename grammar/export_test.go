package grammar

// Steps returns how many lines and characters the reading of a page visits, to test that
// time is linear.
func Steps(source []byte, r *Reader) int {
	p := &parser{page: newPage(source, nil), reader: r}
	p.readBlocks()
	return p.steps
}

// Grammars returns the grammars that the parsers have.
func Grammars() []string {
	return []string{markupGrammar().String(), textGrammar().String(), itemGrammar().String(), referenceGrammar().String(), foundGrammar().String()}
}
