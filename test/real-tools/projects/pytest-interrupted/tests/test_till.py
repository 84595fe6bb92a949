import pytest


def test_opens():
    pass


def test_stops_the_run():
    pytest.exit("no power", returncode=2)


def test_never_runs():
    pass
