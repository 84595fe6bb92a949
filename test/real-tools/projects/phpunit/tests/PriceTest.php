<?php
use PHPUnit\Framework\TestCase;

final class PriceTest extends TestCase
{
    public function testAddsUp(): void
    {
        $this->assertSame(3, total([1, 2]));
    }

    public function testKnowsTheDiscount(): void
    {
        $this->assertSame(100, total([90])); // FAILS: testKnowsTheDiscount – 90 is identical to 100
    }

    public function testCompares(): void
    {
        $this->assertEquals(['pen'], ['pen', 'ink']); // FAILS: testCompares – 'ink'
    }

    public function testOpensTheBasket(): void
    {
        load();
    }

    /** @dataProvider prices */
    public function testOf(int $cents, int $expected): void
    {
        $this->assertSame($expected, total([$cents])); // FAILS: testOf – 2 is identical to 3
    }

    public function prices(): array
    {
        return ['one' => [1, 1], 'two' => [2, 3]];
    }

    public function testKnowsTaxes(): void
    {
        $this->markTestSkipped('not yet');
    }
}
