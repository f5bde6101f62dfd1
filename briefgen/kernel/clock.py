"""The build day: the only input from the clock, for scheduled and expired briefs and for dates in the future."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from briefgen.model.failure import Failure

_NEXT_STEP = "Unset it, or set it to the seconds since 1970, as `git log -1 --format=%ct` prints them."


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def build_day(explicit: date | None, environ: Mapping[str, str], now: Callable[[], datetime] = now) -> date:
    """Return the explicit day, else that of `SOURCE_DATE_EPOCH`, else today; always in UTC.

    Source: https://reproducible-builds.org/specs/source-date-epoch/.

    Raises:
        Failure: `SOURCE_DATE_EPOCH` is no time.
    """
    if explicit is not None:
        return explicit
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return now().astimezone(UTC).date()
    # int() would also take "+1", "1_000" and digits of other scripts.
    if epoch.isascii() and epoch.isdigit():
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):  # after the year 9999
            pass
    raise Failure(f'SOURCE_DATE_EPOCH is "{epoch}", which is no time', _NEXT_STEP)
