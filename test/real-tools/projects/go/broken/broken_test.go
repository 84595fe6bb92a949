package broken

import "testing"

func TestIsNeverReached(t *testing.T) {
	notThere()
}
