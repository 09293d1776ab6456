package pages

// A Source is what is known of the source of a file of an output tree.
type Source int

// The sources.
const (
	Known   Source = iota // it says what the file should be
	Unknown               // it is there, but cannot be read or expanded now
	Gone
)

// A Found is what stands in an output tree in the place of a file.
type Found int

// What may stand there.
const (
	Nothing   Found = iota
	Same            // the file as it should be
	OtherMode       // a file with the right content and other permissions
	Different       // a file or a symlink that differs
	InTheWay        // a folder, or a file where the path needs a folder
)

// An Action is what becomes of a file of an output tree.
type Action int

// The actions.
const (
	Keep Action = iota
	Write
	SetMode // only the permissions change
	Remove
	Refuse // it should be written, but windsock did not write what stands there
)

// String returns the action as a verb.
func (a Action) String() string {
	return [...]string{Keep: "keep", Write: "write", SetMode: "chmod", Remove: "remove", Refuse: "refuse"}[a]
}

// Decide says what becomes of a file of an output tree. isOurs reports whether windsock wrote
// all that stands in its place. Every command that writes, compares or announces an output
// tree goes by this: nothing is overwritten or removed that windsock did not write, nor
// removed while there may be a source.
func Decide(source Source, found Found, isOurs bool) Action {
	switch source {
	case Unknown:
		return Keep
	case Gone:
		if isOurs && (found == Same || found == OtherMode || found == Different) {
			return Remove
		}
		return Keep
	}
	switch {
	case found == Nothing:
		return Write
	case found == Same, found == OtherMode && !isOurs:
		return Keep
	case found == OtherMode:
		return SetMode
	case isOurs:
		return Write
	}
	return Refuse
}
