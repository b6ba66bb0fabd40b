from pathlib import Path

import pytest

from acquis.record import Record

from .keepers import KEEPERS


@pytest.fixture(params=KEEPERS)
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Record:
    return KEEPERS[request.param](tmp_path)
