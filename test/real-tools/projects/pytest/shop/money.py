class BasketClosed(Exception):
    pass


def total(items):
    return sum(items)


def load():
    raise BasketClosed("basket is not open")  # FAILS: test_opens_the_basket – BasketClosed: basket is not open
