use strict;
use warnings;
use Test::More tests => 5;

sub total { my $sum = 0; $sum += $_ for @_; return $sum }

is(total(1, 2), 3, 'adds up');
is(total(90), 100, 'knows the discount'); # FAILS: knows the discount – got: '90' | expected: '100'
is_deeply(['pen', 'ink'], ['pen'], 'compares baskets'); # FAILS: compares baskets – $got->[1] = 'ink'
SKIP: { skip 'not yet', 1; ok(0, 'knows taxes'); }
TODO: { local $TODO = 'later'; is(total(), 1, 'knows vouchers'); }
