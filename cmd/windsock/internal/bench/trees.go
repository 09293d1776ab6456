package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A tree is a folder of pages.
type tree struct {
	folder string
	pages  int
	bytes  int64
}

// The places of an Airflow checkout.
const (
	configFile   = "airflow-core/src/airflow/config_templates/config.yml"
	providerFile = "provider.yaml"
)

// isPage and isData tell the files of the corpus apart.
func isPage(path string) bool { return strings.HasSuffix(path, ".rst") }
func isData(path string) bool {
	return filepath.Base(path) == providerFile || strings.HasSuffix(filepath.ToSlash(path), configFile)
}

// files calls visit for each file below a folder, with its path from there.
func files(folder string, visit func(rel string) error) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		return visit(rel)
	})
}

// copyFile copies a file, with more at its end, and returns the size.
func copyFile(to, from, more string) (int64, error) {
	data, err := os.ReadFile(from)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return 0, err
	}
	return int64(len(data) + len(more)), os.WriteFile(to, append(data, more...), 0o644)
}

// checkout copies the whole corpus to a folder. more returns what to add to the
// end of the page of that number.
func checkout(corpus, folder string, more func(page int) string) (*tree, error) {
	t := &tree{folder: folder}
	return t, files(corpus, func(rel string) error {
		added := ""
		if isPage(rel) {
			added = more(t.pages)
			t.pages++
		}
		size, err := copyFile(filepath.Join(folder, rel), filepath.Join(corpus, rel), added)
		if isPage(rel) {
			t.bytes += size
		}
		return err
	})
}

// nothing is added to pages as they are.
func nothing(int) string { return "" }

// multiply makes an Airflow checkout whose folder docs holds the pages of the
// corpus again and again, count in all.
func multiply(corpus, folder string, count int) (*tree, error) {
	t := &tree{folder: folder}
	err := files(corpus, func(rel string) error {
		if !isData(rel) {
			return nil
		}
		_, err := copyFile(filepath.Join(folder, rel), filepath.Join(corpus, rel), "")
		return err
	})
	for n := 0; err == nil && t.pages < count; n++ {
		err = t.addCopy(corpus, fmt.Sprintf("docs/%03d", n), count)
	}
	return t, err
}

// addCopy adds the pages of the corpus to a folder of the tree, up to count.
func (t *tree) addCopy(corpus, below string, count int) error {
	err := files(corpus, func(rel string) error {
		switch {
		case t.pages == count:
			return fs.SkipAll
		case !isPage(rel):
			return nil
		}
		size, err := copyFile(filepath.Join(t.folder, below, rel), filepath.Join(corpus, rel), "")
		t.pages++
		t.bytes += size
		return err
	})
	if errors.Is(err, fs.SkipAll) {
		return nil
	}
	return err
}

// asider returns what moves a folder aside, for another to take its place. To remove
// it would slow down whoever makes files next: file systems are slow to use again
// what was just freed.
func asider(folder string) func() error {
	n := 0
	return func() error {
		n++
		if err := os.Rename(folder, fmt.Sprintf("%s-%d", folder, n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
}

// restorer returns what makes the pages of one tree those of another, which has
// the same.
func restorer(to, from string) func() error {
	return func() error {
		return files(from, func(rel string) error {
			if !isPage(rel) {
				return nil
			}
			_, err := copyFile(filepath.Join(to, rel), filepath.Join(from, rel), "")
			return err
		})
	}
}

// changer returns what replaces one text in a file by another, and the other by
// the one the next time.
func changer(path, one, other string) func() error {
	return func() error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := string(data)
		if !strings.Contains(text, one) {
			return fmt.Errorf("%s does not hold %q", path, one)
		}
		text = strings.Replace(text, one, other, 1)
		one, other = other, one
		return os.WriteFile(path, []byte(text), 0o644)
	}
}
