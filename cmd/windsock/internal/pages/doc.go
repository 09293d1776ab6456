// Package pages reads trees of pages and writes them back, safely.
//
// A [Walk] finds the pages below the folders and files that a user named. A
// [Writer] replaces pages in place; a [Tree] mirrors one folder into another, an
// output tree. [Diff] shows what a write would change.
//
// # What a walk skips
//
// Hidden folders, _build, _api, node_modules, virtual environments (folders
// that hold pyvenv.cfg) and output trees (folders that hold a manifest of
// windsock's). A symlink to a file is read as the file, as Sphinx reads it; a
// symlink to a folder is never followed, since it may lead anywhere. What the
// user names is read whatever it is called.
//
// # What a write guarantees
//
//   - A file is replaced whole: a temporary file in the same folder gets the new
//     content and is renamed over it, so a full disk or a kill leaves the old file
//     or the new one. A later run removes the temporary file of a killed run.
//   - Nothing is written through a symlink, nor outside the output folder, even if
//     somebody exchanges folders meanwhile. The folder that the user named may be
//     reached through a symlink.
//   - A page that changed after it was read is not written in place.
//   - In an output tree windsock overwrites and removes only what it wrote there, as
//     its manifest says. A run names each file there before it writes the file.
//     [Decide] says what becomes of each file.
//   - A file keeps its mode, a new one follows the umask; one that is right already
//     is not touched. A page with several names (hard links) is written under the
//     name it was found by; the others keep the old content.
//
// Paths have slashes, on every system.
package pages
