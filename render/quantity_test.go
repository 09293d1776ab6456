package render

import "testing"

func TestQuantity(t *testing.T) {
	for _, c := range []struct{ number, unit, long, short string }{
		{"86400", "seconds", "86400 seconds (24 hours)", "86400 (24h)"},
		{"90", "seconds", "90 seconds (1 minute 30 seconds)", "90 (1 min 30s)"},
		{"600", "seconds", "600 seconds (10 minutes)", "600 (10 min)"},
		{"604800", "seconds", "604800 seconds (7 days)", "604800 (7d)"},
		{"172799", "seconds", "172799 seconds (47 hours 59 minutes 59 seconds)", "172799 (47h 59 min 59s)"},
		{"10", "seconds", "10 seconds", "10"},
		{"1", "seconds", "1 second", "1"},
		{"60", "seconds", "60 seconds (1 minute)", "60 (1 min)"},
		{"0", "seconds", "0 seconds", "0"},
		{"-1", "seconds", "-1 seconds", "-1"},
		{"90.5", "seconds", "90.5 seconds (1 minute 30 seconds 500 milliseconds)", "90.5 (1 min 30s 500 ms)"},
		{"5.0", "seconds", "5.0 seconds", "5.0"},
		{"30", "minutes", "30 minutes", "30"},
		{"90", "minutes", "90 minutes (1 hour 30 minutes)", "90 (1h 30 min)"},
		{"24", "hours", "24 hours", "24"},
		{"48", "hours", "48 hours (2 days)", "48 (2d)"},
		{"7", "days", "7 days", "7"},
		{"600", "Second", "600 seconds (10 minutes)", "600 (10 min)"},
		{"1", "bytes", "1 byte", "1"},
		{"1", "s", "1 s", "1"},
		{"1", "ms", "1 ms", "1"},
		{"1048576", "bytes", "1048576 bytes", "1048576"},
		{"99999999999999999999", "seconds", "99999999999999999999 seconds", "99999999999999999999"},
		{"60000", "milliseconds", "60000 milliseconds (1 minute)", "60000 (1 min)"},
	} {
		if got := Quantity(c.number, c.unit, LongDuration); got != c.long {
			t.Errorf("long %s %s: got %q, want %q", c.number, c.unit, got, c.long)
		}
		if got := Quantity(c.number, c.unit, ShortDuration); got != c.short {
			t.Errorf("short %s %s: got %q, want %q", c.number, c.unit, got, c.short)
		}
		if got := Quantity(c.number, c.unit, NoDuration); got != c.number {
			t.Errorf("off %s %s: got %q", c.number, c.unit, got)
		}
	}
}
