import unittest

import pytest

from shop.money import load, total


def test_adds_up():
    assert total([1, 2]) == 3


def test_knows_the_discount():
    assert total([90]) == 100  # FAILS: test_knows_the_discount – assert 90 == 100


def test_opens_the_basket():
    load()


def test_is_stored(database):
    assert database


def test_is_closed(half_open):
    assert half_open == 1


@pytest.mark.parametrize("cents, expected", [(1, 1), (2, 3), (4, 4)])
def test_of(cents, expected):
    assert total([cents]) == expected  # FAILS: test_of – assert 2 == 3


@pytest.mark.skip(reason="not yet")
def test_knows_taxes():
    pass


@pytest.mark.xfail(reason="known")
def test_knows_vouchers():
    assert total([]) == 1


class TestBasket:
    def test_compares(self):
        assert {"items": ["pen", "ink"], "total": 12} == {"items": ["pen"], "total": 12}  # FAILS: test_compares – assert {'items'


class OldTest(unittest.TestCase):
    def test_parts(self):
        for value in (1, 2, 3):
            with self.subTest(value=value):
                self.assertNotEqual(value, 2)  # FAILS: test_parts – 2 == 2
