"""Addresses of archived copies."""

import pytest

from briefgen.web.snapshots import Snapshot, parse_snapshot

BEGIN = "https://web.archive.org/web/20251203101112"
DAM = "https://news.example/dam?page=2"


@pytest.mark.parametrize(
    "address", [f"{BEGIN}/{DAM}", f"{BEGIN}id_/{DAM}", f"{BEGIN}if_/https:/news.example/dam?page=2"]
)
def test_an_archived_copy_has_an_original_and_its_bytes(address: str) -> None:
    assert parse_snapshot(address) == Snapshot(f"{BEGIN}/{DAM}", DAM, f"{BEGIN}id_/{DAM}")


@pytest.mark.parametrize(
    "address",
    [
        DAM,
        "https://web.archive.org/",
        "https://web.archive.org/web/2025*/https://news.example/",
        f"{BEGIN}/news.example/dam",
        f"https://news.example/?from={BEGIN}/{DAM}",
    ],
)
def test_other_addresses_are_no_archived_copies(address: str) -> None:
    assert parse_snapshot(address) is None
