#!/bin/sh
echo "asking the shop for its discount"
echo "discount.sh:4: expected 100, got 90" >&2
exit 1
