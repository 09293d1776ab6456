package pages

import "testing"

// The folder that a page was found from is what its path begins with, be that
// relative, absolute, or as Windows has it.
func TestPageRoot(t *testing.T) {
	for _, c := range []struct {
		page Page
		want string
	}{
		{Page{"a.rst", "a.rst"}, "."},
		{Page{"docs/a/b.rst", "a/b.rst"}, "docs/"},
		{Page{"a/a/a", "a/a"}, "a/"},
		{Page{"/a.rst", "a.rst"}, "/"},
		{Page{"C:/a.rst", "a.rst"}, "C:/"},
		{Page{"//host/share/docs/a.rst", "a.rst"}, "//host/share/docs/"},
	} {
		if got := c.page.root(); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.page, got, c.want)
		}
	}
}

// Names are shown as they are, or in quotes; in the header of a diff as git has them.
func TestNamesShown(t *testing.T) {
	for _, c := range []struct{ name, quoted, header string }{
		{"docs/a.rst", "docs/a.rst", "docs/a.rst"},
		{"a b's é日.rst", "a b's é日.rst", "a b's é日.rst"},
		{`C:\docs\a.rst`, `C:\docs\a.rst`, `"C:\134docs\134a.rst"`},
		{"new\nline\r", `"new\nline\r"`, `"new\012line\015"`},
		{"\x1b[31m\xff\u202e", `"\x1b[31m\xff\u202e"`, `"\033[31m\377\342\200\256"`},
		{`"quoted"`, `"\"quoted\""`, `"\042quoted\042"`},
		{"", `""`, ""},
	} {
		if got := Quoted(c.name); got != c.quoted {
			t.Errorf("%q is shown as %s, want %s", c.name, got, c.quoted)
		}
		if got := headerName(c.name); got != c.header {
			t.Errorf("%q is %s in a header, want %s", c.name, got, c.header)
		}
	}
}
