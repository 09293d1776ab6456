package catalog

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// TypeOf returns the type of a scalar's value as Airflow's own reader has it:
// string, boolean, integer, float, null or timestamp; and "mapping" or "list"
// for what is no scalar. Airflow reads YAML 1.1, where a plain yes, no, on or
// off is a boolean.
func TypeOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "mapping"
	case n.Kind == yaml.SequenceNode:
		return "list"
	case n.Style == 0 && isOldBoolean(n.Value):
		return "boolean"
	}
	if name, ok := tagNames[n.Tag]; ok {
		return name
	}
	return strings.TrimLeft(n.Tag, "!")
}

// tagNames are the types of YAML's own tags.
var tagNames = map[string]string{
	"!!str": "string", "!!bool": "boolean", "!!int": "integer", "!!float": "float", "!!null": "null",
	"!!timestamp": "timestamp", "!!merge": "string",
}

// isOldBoolean reports whether s is a boolean of YAML 1.1 that YAML 1.2 has not.
func isOldBoolean(s string) bool {
	switch s {
	case "yes", "Yes", "YES", "on", "On", "ON", "no", "No", "NO", "off", "Off", "OFF":
		return true
	}
	return false
}
