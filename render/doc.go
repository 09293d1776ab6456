// Package render makes reStructuredText and puts it into a page.
//
// It knows nothing of Airflow: words go in as text, and RST comes out that
// docutils reads back as those words. Its parts are
//
//   - [Text], [Literal] and [LiteralBlock], which write a string as running
//     text, as an inline literal and as a literal block;
//   - [Table] and [Paragraph], body elements made of lines without a margin,
//     collected in a [Block];
//   - [Splice], which replaces spans of a page and leaves every other byte as
//     it was;
//   - [LineMap], which maps the lines of the spliced page to those
//     of the page.
//
// The lines of a Block get the margin and the line ending of the place where it is put
// only there, by [Block.Format].
package render
