package catalog

import (
	"slices"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A Note is one entry of an annotation: what is said about which option, and
// where.
type Note[T any] struct {
	Reference
	Value    T
	Key      grammar.Span  // the option's reference in the file, without quotes
	Declared finding.Place // in no file for embedded ones

	inherited bool // the project says only a part of Value, and the rest is embedded
}

// isEmbedded reports whether the note is embedded, and not of a project file.
func (n *Note[T]) isEmbedded() bool { return n.Declared.Path == "" }

// Notes are the entries of one annotation, found by environment variable, in
// which all spellings of an option agree. The zero value is empty.
type Notes[T any] struct {
	list  []Note[T]
	byEnv map[string]int // index in list
}

// Of returns the note about an option, in any spelling of it, or nil.
func (n *Notes[T]) Of(r Reference) *Note[T] {
	if len(n.list) == 0 {
		return nil
	}
	if i, ok := n.byEnv[r.EnvVar()]; ok {
		return &n.list[i]
	}
	return nil
}

// All returns the notes: the embedded ones in the order of their file, then the
// project's.
func (n *Notes[T]) All() []Note[T] { return n.list }

// set adds a note, or puts it in the place of the one about the same option.
func (n *Notes[T]) set(note Note[T]) {
	env := note.EnvVar()
	if i, ok := n.byEnv[env]; ok {
		n.list[i] = note
		return
	}
	if n.byEnv == nil {
		n.byEnv = make(map[string]int)
	}
	n.byEnv[env] = len(n.list)
	n.list = append(n.list, note)
}

// extended returns the notes with those of more added or put in their place.
func (n Notes[T]) extended(more Notes[T]) Notes[T] {
	if len(more.list) == 0 {
		return n
	}
	var both Notes[T]
	for _, note := range slices.Concat(n.list, more.list) {
		both.set(note)
	}
	return both
}
