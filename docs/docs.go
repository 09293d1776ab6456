// Package docs contains the files of the documentation that windsock writes out for its users.
package docs

import _ "embed"

// Schema is the JSON schema of project files.
//
//go:embed windsock.schema.json
var Schema []byte

// SphinxExtension is an extension of Sphinx, in Python, that expands the pages before Sphinx
// reads them.
//
//go:embed sphinx/windsock_ext.py
var SphinxExtension []byte
