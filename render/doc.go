// Package render writes reStructuredText and inserts it into a page.
//
// The package knows nothing about Airflow. Strings go in, and docutils reads the
// RST that comes out as the same strings.
//
//   - [Text], [Literal] and [LiteralBlock] write a string as running text, as an
//     inline literal and as a literal block. [Quantity] writes a number with its
//     unit.
//   - A [Table] is a list-table. A [Block] collects body elements as lines
//     without a margin; [Block.Format] adds the margin and the line endings of
//     the page.
//   - [Splice] replaces spans of a page and copies every other byte.
//   - A [LineMap] maps the lines of the spliced page to those of the original.
package render
