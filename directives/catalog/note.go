package catalog

import (
	"slices"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A Note is one entry of an annotation: an option, a value, and their place.
type Note[T any] struct {
	Reference
	Value    T
	Key      grammar.Span // the option's reference in the file, without quotes
	Declared finding.Place

	env       string // the option's environment variable, the same for all spellings
	inherited bool   // a part of Value comes from an embedded note
}

// isEmbedded reports whether the note is embedded rather than in the project file.
func (n *Note[T]) isEmbedded() bool { return n.Declared.Path == embeddedPath }

// Notes are the entries of one annotation: the embedded ones in the order of their file, then
// those of the project. There is at most one for each option.
type Notes[T any] []Note[T]

// Of returns the note about an option, in any spelling, or nil.
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

// extended returns the notes with more added. A note of more replaces one about the same option.
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
