"""The build day and where it comes from."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from briefgen.kernel.clock import build_day
from briefgen.model.failure import Failure


def at_noon() -> datetime:
    return datetime(2025, 12, 3, 12, tzinfo=UTC)


def test_the_build_day_is_the_explicit_one_else_the_epoch_else_today() -> None:
    assert build_day(date(2020, 1, 2), {"SOURCE_DATE_EPOCH": "0"}, at_noon) == date(2020, 1, 2)
    assert build_day(None, {"SOURCE_DATE_EPOCH": "86399"}, at_noon) == date(1970, 1, 1)
    assert build_day(None, {"SOURCE_DATE_EPOCH": "86400"}, at_noon) == date(1970, 1, 2)
    assert build_day(None, {"SOURCE_DATE_EPOCH": ""}, at_noon) == date(2025, 12, 3)
    assert build_day(None, {}, at_noon) == date(2025, 12, 3)


def test_today_is_the_day_in_utc() -> None:
    late = datetime(2025, 12, 3, 23, tzinfo=timezone(timedelta(hours=-5)))

    assert build_day(None, {}, lambda: late) == date(2025, 12, 4)


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "+1", "1_000", "1.5", "٣", " 1", "9" * 30])
def test_a_bad_epoch_is_refused(epoch: str) -> None:
    with pytest.raises(Failure) as caught:
        build_day(None, {"SOURCE_DATE_EPOCH": epoch}, at_noon)

    assert caught.value.message == f'SOURCE_DATE_EPOCH is "{epoch}", which is no time'
