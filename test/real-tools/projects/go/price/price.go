// Package price adds up baskets.
package price

// Total is the sum of cents.
func Total(cents ...int) int {
	sum := 0
	for _, c := range cents {
		sum += c
	}
	return sum
}
