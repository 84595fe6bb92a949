#!/bin/sh
echo "asking the shop for its discount"
echo "discount.sh:3: expected 100, got 90" >&2 # FAILS: knows_the_discount – expected 100, got 90
exit 1
