package catalog

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/directives/internal/lazyregexp"
)

// TypeOf returns the type of a node in PyYAML, which Airflow uses: string, boolean, integer,
// float, null or timestamp for a scalar; "mapping" or "list" for other nodes.
func TypeOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "mapping"
	case n.Kind == yaml.SequenceNode:
		return "list"
	case n.Kind == yaml.ScalarNode && n.Style == 0:
		return plainType(n.Value)
	}
	if name, ok := tagNames[n.Tag]; ok {
		return name
	}
	return strings.TrimLeft(n.Tag, "!")
}

// tagNames are the types of YAML's standard tags.
var tagNames = map[string]string{
	"!!str": "string", "!!bool": "boolean", "!!int": "integer", "!!float": "float", "!!null": "null",
	"!!timestamp": "timestamp", "!!merge": "string",
}

// The patterns of plain scalars in PyYAML, which reads YAML 1.1.
// https://github.com/yaml/pyyaml/blob/6.0.2/lib/yaml/resolver.py
var (
	plainBoolean = lazyregexp.New(`^(?:(yes|Yes|YES|true|True|TRUE|on|On|ON)|no|No|NO|false|False|FALSE|off|Off|OFF)$`)
	plainInteger = lazyregexp.New(`^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$`)
	plainFloat   = lazyregexp.New(`^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|` +
		`[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$`)
	plainTimestamp = lazyregexp.New(`^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$`)
)

// plainType returns the type of a plain scalar.
func plainType(value string) string {
	switch value {
	case "", "~", "null", "Null", "NULL":
		return "null"
	}
	if !strings.ContainsRune("-+.0123456789yYnNtTfFoO", rune(value[0])) {
		return "string"
	}
	switch {
	case plainBoolean().MatchString(value):
		return "boolean"
	case plainFloat().MatchString(value):
		return "float"
	case plainInteger().MatchString(value):
		return "integer"
	case plainTimestamp().MatchString(value):
		return "timestamp"
	}
	return "string"
}

// pythonText returns the value of a scalar as Python prints it: 750 for 12:30, which is in base
// 60, and True for yes.
func pythonText(n *yaml.Node) string {
	switch t := TypeOf(n); {
	case n.Style != 0:
		return n.Value
	case t == "boolean" && plainBoolean().FindStringSubmatch(n.Value)[1] != "":
		return "True"
	case t == "boolean":
		return "False"
	case t == "integer", t == "float":
		return pythonNumber(numberSpelling.Replace(strings.ToLower(n.Value)), t == "float")
	}
	return n.Value
}

// numberSpelling converts the spelling of a number from YAML to Go.
var numberSpelling = strings.NewReplacer("_", "", ".inf", "inf", ".nan", "nan")

// pythonNumber returns a number as Python prints it.
func pythonNumber(digits string, isFloat bool) string {
	if n, ok := new(big.Int).SetString(digits, 0); ok && !isFloat {
		return n.String()
	}
	sum := 0.0
	for part := range strings.SplitSeq(strings.TrimLeft(digits, "+-"), ":") {
		f, _ := strconv.ParseFloat(part, 64) // infinity if it is out of range
		sum = sum*60 + f
	}
	if strings.HasPrefix(digits, "-") {
		sum = -sum
	}
	text := strconv.FormatFloat(sum, 'f', -1, 64)
	switch abs := math.Abs(sum); {
	case math.IsNaN(sum), math.IsInf(sum, 0):
		return strings.ToLower(strings.TrimPrefix(text, "+"))
	case isFloat && abs != 0 && (abs < 1e-4 || abs >= 1e16):
		return strconv.FormatFloat(sum, 'e', -1, 64)
	case isFloat && !strings.Contains(text, "."):
		return text + ".0"
	}
	return text
}
