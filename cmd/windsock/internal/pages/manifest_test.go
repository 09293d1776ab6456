//go:build unix

package pages

import (
	"bytes"
	"os"
	"testing"
)

// FuzzManifest writes an output tree that holds any bytes for a manifest: no file outside
// the tree changes, none in it goes that the bytes do not name, and what a run wrote the
// next one finds right.
func FuzzManifest(f *testing.F) {
	head := manifestHead + sourceHead + "\"../src\"\n"
	for _, lines := range []string{"", "own.rst\n", "a.rst\t3,1\nown.rst\nown.rst\n", "\"../outside.rst\"\n../outside.rst\n", "\n\"b\\tc.rst\"\nb"} {
		f.Add([]byte(head + lines))
	}
	f.Add([]byte("somebody else's"))
	f.Fuzz(func(t *testing.T, text []byte) {
		plant(t, "outside.rst", "src/a.rst", "out/own.rst")
		must(t, os.WriteFile("out/"+ManifestName, text, 0o666))
		mirror(t, "src", "out")
		expect(t, "the file outside", read(t, "outside.rst"), "outside.rst")
		if !bytes.Contains(text, []byte("own.rst")) {
			expect(t, "the file that no line names", read(t, "out/own.rst"), "out/own.rst")
		}
		if _, err := os.Stat("out/a.rst"); err != nil {
			return // the tree is not windsock's
		}
		expect(t, "the next run", mirror(t, "src", "out"))
	})
}
