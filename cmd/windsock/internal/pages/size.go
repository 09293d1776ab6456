package pages

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// sizeUnits are the units of sizes, the largest first.
var sizeUnits = []struct {
	name  string
	bytes int64
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"B", 1}}

// SizeName returns a size with its unit, such as 64MB.
func SizeName(size int64) string {
	for _, u := range sizeUnits {
		if size >= u.bytes && size%u.bytes == 0 {
			return strconv.FormatInt(size/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(size, 10) + "B"
}

// A Size is a number of bytes that a flag gives: 64MB, 1gb, 4096.
type Size int64

// String returns the size as a flag takes it.
func (s *Size) String() string { return SizeName(int64(*s)) }

// Type is the kind of value in a list of flags.
func (s *Size) Type() string { return "SIZE" }

// Set reads a size.
func (s *Size) Set(text string) error {
	number, unit := strings.ToUpper(strings.TrimSpace(text)), int64(1)
	for _, u := range sizeUnits {
		if rest, ok := strings.CutSuffix(number, u.name); ok {
			number, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64/unit {
		return errors.New("write a number of bytes, or one with a unit: 4096, 64MB, 1GB")
	}
	*s = Size(n * unit)
	return nil
}
