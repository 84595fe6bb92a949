<?php
function total(array $items): int { return array_sum($items); }
function load(): void {
    throw new RuntimeException('basket is not open'); // FAILS: testOpensTheBasket – RuntimeException: basket is not open
}
