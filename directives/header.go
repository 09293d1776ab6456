package directives

import "windsock/directives/internal/lazyregexp"

// defaultHeader matches the header of a column of defaults.
var defaultHeader = lazyregexp.New(`(?i)^\W*(?:the )?(?:current )?defaults?(?: values?| settings?)?(?: \(.*\))?\W*$`)

// IsDefaultHeader reports whether authors mean a column of defaults by a header, RST.
func IsDefaultHeader(header string) bool { return defaultHeader().MatchString(header) }
