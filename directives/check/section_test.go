package check

import "testing"

// The filter knows the word "section" though another word before it ends as that does.
func TestHasSection(t *testing.T) {
	for text, want := range map[string]bool{
		"section": true, "Section": true, "SECTION": true, "connection": false, "ection": false, "": false,
		"a connection in the section": true, "CONNECTION, SECTION": true, "CONNECTION, section": true,
	} {
		if got := hasSection([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
