// Package adopt moves pages that were written by hand over to directives.
//
// An [Adopter] looks at a page's tables and regions:
//
//   - A list-table whose rows are options with their defaults may become an
//     airflow-config-default directive. From the table's columns and cells a draft
//     of the directive is made, row by row: an item leaves as much to the data as
//     reads the same, then comes a unit, and last a ":default:" of the author's.
//
//   - A region between comments that the project file binds to a directive may
//     become that directive, if it is current.
//
// Nothing is adopted on trust. Each draft is expanded, and its expansion compared
// with what stands in the page: the caption, the options of the table, and each cell
// must be what they were, but for where the lines of a paragraph end, which docutils
// does not see. Then the page is expanded as a whole. Every table that names options
// and stays has a [Verdict] that says why.
//
// The package opens no file and prints nothing. How pages are read and expanded is
// handed in.
package adopt
