package pages

import "testing"

// For each thing that is known of a file of an output tree there is one action: nothing is
// overwritten or removed that windsock did not write, nor removed while there is a source.
func TestDecide(t *testing.T) {
	type action = [2]Action // for what others wrote, for what windsock wrote
	want := map[Source]map[Found]action{
		Known: {
			Nothing: {Write, Write}, Same: {Keep, Keep}, OtherMode: {Keep, Write}, Different: {Refuse, Write}, InTheWay: {Refuse, Refuse},
		},
		Unknown: {
			Nothing: {Keep, Keep}, Same: {Keep, Keep}, OtherMode: {Keep, Keep}, Different: {Keep, Keep}, InTheWay: {Keep, Keep},
		},
		Gone: {
			Nothing: {Keep, Keep}, Same: {Keep, Remove}, OtherMode: {Keep, Remove}, Different: {Keep, Remove}, InTheWay: {Keep, Keep},
		},
	}
	for source, founds := range want {
		for found, actions := range founds {
			for i, action := range actions {
				if got := Decide(source, found, i == 1); got != action {
					t.Errorf("source %d, found %d, ours %v: %v, want %v", source, found, i == 1, got, action)
				}
			}
		}
	}
}
