package broken

import "testing"

func TestIsNeverReached(t *testing.T) {
	notThere() // FAILS: package example.com/shop/broken – undefined: notThere
}
