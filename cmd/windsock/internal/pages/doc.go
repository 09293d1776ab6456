// Package pages reads trees of pages and writes them back, safely.
//
// A [Walk] finds the pages below the folders and files that a user named. A
// [Writer] replaces pages in place; a [Tree] mirrors one folder into another, an
// output tree, and knows which files there are its own. [Diff] shows what a
// write would change.
//
// # What a walk passes over
//
// Hidden folders, _build, _api, node_modules, virtual environments (folders
// that hold pyvenv.cfg) and output trees (folders that hold a manifest of ours).
// A symlink to a file is read as the file, as Sphinx reads it; a symlink to a
// folder is never followed, since that may lead anywhere and around in circles.
// What the user names is read whatever it is called.
//
// # What a write keeps
//
//   - A file is replaced whole, by renaming a finished temporary file of the same
//     folder over it: a write that fails, or a kill at any point, leaves the old
//     file or the new one. What a killed run leaves behind is hidden, named
//     ".windsock-…", and removed by the next run that writes in that folder.
//   - Nothing is written through a symlink, nor outside the output folder, whatever
//     others do to the folders meanwhile: these are entered one by one, and each is
//     known to be the one that was looked at. The folder that the user named may
//     be reached through a symlink.
//   - A page that changed after it was read is left alone.
//   - In an output tree nothing is overwritten or removed that windsock did not
//     write there. The manifest, ".windsock-manifest", says what it did write,
//     and says so before it is written.
//   - A file of an output tree that a run found right is sealed (".windsock-seals"):
//     while what the system says of it and of its source stays the same, and so does all
//     else that it depends on, the next runs pass over both without reading either.
//   - A file keeps its mode, a new one follows the umask; one that is right already
//     is not touched. A page with several names (hard links) is written under the
//     one it was found by; the others keep the old content.
//
// Paths have slashes, on every system.
package pages
