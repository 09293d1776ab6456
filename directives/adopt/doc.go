// Package adopt converts hand-written tables and regions to directives.
//
// An [Adopter] converts two things in a page:
//
//   - A list-table of options with their defaults becomes an airflow-config-default directive. The
//     directive is drafted row by row. An item takes its value from the data if that reads the
//     same; otherwise with a unit; otherwise it has a ":default:" with the author's words.
//
//   - A region between comments that the project file binds to a directive becomes that directive,
//     if it is current.
//
// Everything is proved. Each draft is expanded, and its expansion is compared with the table in the
// page: the caption, the options of the table, and each cell must be the same, except for the line
// breaks of paragraphs. Then the whole page is expanded and compared. Every table of options that is
// not converted has a [Verdict] with the reason.
//
// The package does not open files or print. Its caller passes in functions that read and expand
// pages.
package adopt
