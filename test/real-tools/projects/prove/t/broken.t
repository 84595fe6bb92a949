use strict;
use warnings;
use Test::More tests => 2;

ok(1, 'is reached');
die "basket is not open\n";
