package catalog

import (
	"fmt"
	"strings"
)

// describe writes an option on a line, with all that it holds.
func describe(o *Option) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: %s = ", o.Declared.Path, o.Declared.Line, o)
	if value, ok := o.ShownDefault(); ok {
		fmt.Fprintf(&b, "%q", value)
	} else {
		b.WriteString("none")
	}
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, " %s=%q", name, value)
		}
	}
	field("provider", o.Provider)
	field("type", o.Type)
	field("added", o.VersionAdded)
	field("description", o.Description)
	if o.Example != nil {
		fmt.Fprintf(&b, " example=%q", *o.Example)
	}
	if o.Sensitive {
		b.WriteString(" sensitive")
	}
	if o.IsTemplate {
		b.WriteString(" template")
	}
	if o.Deprecated() {
		fmt.Fprintf(&b, " deprecated=%q %q", o.VersionDeprecated, o.DeprecationReason)
	}
	field("see-also", o.SeeAlso)
	return b.String() + "\n"
}
