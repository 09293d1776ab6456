package check

import (
	"regexp"
	"sync"
)

// pattern returns what compiles a regular expression when it is first asked for:
// most commands need none of those of this package, and compiling them takes as
// long as starting windsock does.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
