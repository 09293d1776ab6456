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
	Key      grammar.Span // the option's reference in the file, without quotes
	Declared finding.Place

	env       string // the option's environment variable, in which all spellings of it agree
	inherited bool   // the project says only a part of Value, and the rest is embedded
}

// isEmbedded reports whether the note is embedded, and not of a project file.
func (n *Note[T]) isEmbedded() bool { return n.Declared.Path == embeddedPath }

// Notes are the entries of one annotation: the embedded ones in the order of their file,
// then the project's. There is one about each option.
type Notes[T any] []Note[T]

// Of returns the note about an option, in any spelling of it, or nil.
func (n Notes[T]) Of(r Reference) *Note[T] {
	if len(n) == 0 {
		return nil
	}
	env := r.EnvVar()
	i := slices.IndexFunc(n, func(note Note[T]) bool { return note.env == env })
	if i < 0 {
		return nil
	}
	return &n[i]
}

// extended returns the notes with those of more added, or put in the place of those about the
// same options.
func (n Notes[T]) extended(more ...Note[T]) Notes[T] {
	both := slices.Clone(n)
	for _, note := range more {
		note.env = note.EnvVar()
		if old := both.Of(note.Reference); old != nil {
			*old = note
		} else {
			both = append(both, note)
		}
	}
	return both
}
