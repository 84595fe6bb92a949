import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(__file__))


@pytest.fixture
def database():
    raise ConnectionError("connection refused")  # FAILS: test_is_stored – ConnectionError: connection refused


@pytest.fixture
def half_open():
    yield 1
    raise RuntimeError("cannot be closed")  # FAILS: test_is_closed – RuntimeError: cannot be closed
