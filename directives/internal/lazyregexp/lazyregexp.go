// Package lazyregexp compiles regular expressions when they are first needed: a run needs
// few of those that windsock has, and compiling all takes as long as starting it does.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns what compiles an expression when it is first called, and from then on
// returns that. Like [regexp.MustCompile] it panics if the expression is none, but only
// when called.
func New(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
