// Package pages finds, reads and writes pages.
//
// A [Walk] finds the pages in the paths of a command line. A [Writer] replaces pages in place. A
// [Tree] writes an output tree, an expanded copy of a folder. [Diff] shows what a write would
// change.
//
// # What a walk skips
//
// Hidden folders, _build, _api, node_modules, virtual environments (folders that contain
// pyvenv.cfg) and output trees (folders that contain a manifest of windsock's). A walk reads a
// symlink to a file as the file, as Sphinx does. It follows no symlink to a folder, since that
// may lead anywhere. A path on the command line is always read, even if a walk would skip it.
//
// # What a write guarantees
//
//   - A file is replaced whole. The new content goes to a temporary file in the same folder,
//     and a rename replaces the old file, so that a full disk or a kill leaves the old file or
//     the new one. A later run removes the temporary file of a killed run.
//   - Nothing is written through a symlink or outside the output folder, even if another
//     process replaces folders with symlinks at the same time. The path that the user named
//     may contain symlinks.
//   - A page that changed after it was read is not written in place.
//   - In an output tree windsock overwrites and removes only the files that its manifest
//     lists. A run adds a file to the manifest before it writes the file. [Decide] returns the
//     action for each file.
//   - A file keeps its mode. A new file follows the umask. A file that is already right is not
//     touched. A page with several names (hard links) is written under the name by which a
//     walk found it; its other names keep the old content.
//
// Paths have slashes, on every system.
package pages
