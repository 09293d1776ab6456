package pages

import (
	"fmt"
	"os"
	"time"
)

// A stamp is what the system says of a file. It is another as soon as anything is
// written to the file, or another file takes its place: no program can set the time
// of the last change, as those that copy and unpack files set the time of the last
// write.
type stamp struct {
	inode   uint64
	size    int64
	changed time.Time // in whatever way: content, mode, owner or name
}

// settled reports whether whatever is written from a time on, by the clock of the file
// system, gives the file another stamp. A time without a fraction is that of a file
// system that counts in seconds, if not in twos.
func (s stamp) settled(from time.Time) bool {
	if s.changed.Nanosecond() == 0 {
		return s.changed.Add(2 * time.Second).Before(from)
	}
	return s.changed.Before(from)
}

// Fingerprint returns what is another text as soon as the file at path is another or
// holds something else; "" if the system does not say enough of it.
func Fingerprint(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	s, ok := stampOf(info)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %d %d", s.inode, s.size, s.changed.UnixNano())
}
