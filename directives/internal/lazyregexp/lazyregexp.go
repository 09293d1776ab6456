// Package lazyregexp compiles regular expressions on first use. A run needs only a few
// of windsock's patterns, and compiling them all would double its startup time.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns a function that compiles expression on its first call and returns the
// same [regexp.Regexp] on every call. Like [regexp.MustCompile], the function panics if
// expression is invalid.
func New(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
