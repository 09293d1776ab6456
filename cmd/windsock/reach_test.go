package main

import (
	"fmt"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives"
)

// includes makes the reach of the pages of a folder from what is known of files.
func includes(files map[string]*includedFile) *reach {
	walk, _ := pages.NewWalk(nil, []string{".rst"})
	i := &inclusion{session: &session{given: given{project: &project.Project{}}}, examiner: &examiner{Expander: &directives.Expander{}}, walk: walk}
	for name, file := range files {
		i.files.Store(name, file)
	}
	return i.reachOf("docs", "docs")
}

// TestReach shows that what an include leads to is the same whichever is asked for
// first, in circles too.
func TestReach(t *testing.T) {
	files := map[string]*includedFile{
		"docs/a.txt":     {includes: []string{"b.txt", "none.txt"}},
		"docs/b.txt":     {includes: []string{"a.txt", "z.txt", "/c.txt"}},
		"docs/c.txt":     {includes: []string{"live.txt", "b.txt"}},
		"docs/z.txt":     {holds: "airflow-sensitive-vars", includes: []string{"a.txt"}},
		"docs/live.txt":  {holds: "airflow-sensitive-vars"},
		"docs/none.txt":  {includes: []string{"none.txt", "<isonum.txt>", "page.rst"}},
		"docs/ring1.txt": {includes: []string{"ring2.txt"}},
		"docs/ring2.txt": {includes: []string{"ring1.txt"}},
	}
	want := map[string]string{
		"a.txt": "docs/live.txt", "b.txt": "docs/live.txt", "c.txt": "docs/live.txt", "z.txt": "docs/z.txt",
		"none.txt": "", "ring1.txt": "", "ring2.txt": "", "/c.txt": "docs/live.txt", "page.rst": "",
	}
	for first := range want {
		r := includes(files)
		r.live(first)
		for target, name := range want {
			got := ""
			if file := r.live(target); file != nil {
				got = file.name
			}
			if got != name {
				t.Errorf("asked for %s first, %s leads to %q, want %q", first, target, got, name)
			}
		}
	}
}

// TestReachOnce looks into a chain of so many files, from each of them on, that it would
// not end if each were looked into anew.
func TestReachOnce(t *testing.T) {
	const n = 50_000
	for _, holds := range []string{"", "airflow-sensitive-vars"} {
		files := map[string]*includedFile{fmt.Sprintf("docs/%d.txt", n): {holds: holds}}
		for i := range n {
			files[fmt.Sprintf("docs/%d.txt", i)] = &includedFile{includes: []string{fmt.Sprintf("%d.txt", i+1)}}
		}
		r := includes(files)
		for i := n; i >= 0; i-- {
			if live := r.live(fmt.Sprintf("%d.txt", i)) != nil; live != (holds != "") {
				t.Fatalf("that %d.txt leads to something live is %t", i, live)
			}
		}
	}
}
