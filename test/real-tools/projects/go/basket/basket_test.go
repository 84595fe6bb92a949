package basket

import "testing"

type basket struct{ items []string }

func open() *basket { return nil }

func TestOpensTheBasket(t *testing.T) {
	b := open()
	if len(b.items) != 0 { // FAILS: TestOpensTheBasket – nil pointer dereference
		t.Fatal("not empty")
	}
}
