import shop.not_there  # FAILS: tests.test_broken – No module named 'shop.not_there'


def test_is_never_reached():
    assert shop.not_there
