// Package remap leads what Sphinx says of the pages of an output tree back to their
// sources.
//
// A [Stream] copies what a program prints and rewrites the paths of an output tree
// in it, with the line numbers that follow them:
//
//	docs-expanded/page.rst:123: WARNING: Title underline too short.
//	docs/page.rst:57: WARNING: Title underline too short.
//
// All else is copied byte for byte, colours too, as soon as it comes.
package remap
