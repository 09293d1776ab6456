// Read walks a folder, reads every page in it and searches four strings there,
// one page after the other: the least that a check of the pages must do.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// searched are the strings, those by which windsock's own directives and the
// options of Airflow are most often known.
var searched = [][]byte{
	[]byte("airflow-sensitive-vars"), []byte("airflow-config-default"), []byte("AIRFLOW__"), []byte("``["),
}

func main() {
	pages, found := 0, 0
	err := filepath.WalkDir(os.Args[1], func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".rst") {
			return err
		}
		source, err := os.ReadFile(path)
		pages++
		for _, s := range searched {
			found += bytes.Count(source, s)
		}
		return err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d found in %d pages\n", found, pages)
}
