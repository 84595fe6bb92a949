import unittest


def total(items):
    return sum(items)


def load():
    raise LookupError("basket is not open")  # FAILS: test_opens_the_basket – LookupError: basket is not open


class MoneyTest(unittest.TestCase):
    def test_adds_up(self):
        self.assertEqual(total([1, 2]), 3)

    def test_knows_the_discount(self):
        self.assertEqual(total([90]), 100)  # FAILS: test_knows_the_discount – 90 != 100

    def test_opens_the_basket(self):
        load()

    @unittest.skip("not yet")
    def test_knows_taxes(self):
        pass

    @unittest.expectedFailure
    def test_knows_vouchers(self):
        self.assertEqual(total([]), 1)

    def test_compares(self):
        self.assertEqual(["pen", "ink"], ["pen"])  # FAILS: test_compares – Lists differ: ['pen', 'ink'] != ['pen']
