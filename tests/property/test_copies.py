"""Copies are private: what readers see depends on the record, not on whether the copies are at hand."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.pipeline import record_quotations
from briefgen.pipeline.quote_record import RECORD_FILE
from support.project import Project
from support.strategies import BRIEFS, SOURCES, Written, contents


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(contents(), st.data())
def test_a_site_is_the_same_with_and_without_the_copies(content: dict[str, Written], data: st.DataObject) -> None:
    quotes = sorted(
        {claim["quote"] for file in content.values() for claim in file.values.get("claims", ()) if "quote" in claim}
    )
    files = {path: file.bytes(path) for path, file in content.items()}
    copies = {
        f"content/copies/{id}/text.txt": "\n".join(
            data.draw(st.lists(st.sampled_from([*quotes, "so", "xyzzy"]), max_size=8))
        )
        for id in data.draw(st.sets(st.sampled_from([*BRIEFS, *SOURCES])))
    }
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        project = Project(Path(folder), files | {"content/copies/.ignored": ""}).write(copies)
        record_quotations(project.options())
        record = project.root / RECORD_FILE
        recorded = {RECORD_FILE: record.read_bytes()} if record.exists() else {}
        fresh = Project(Path(other), files | recorded)

        with_copies, without = project.build(), fresh.build()

        assert without.ok or not with_copies.ok
        if with_copies.ok:
            assert project.built() == fresh.built()
            assert b"xyzzy" not in b"".join(content for path, content in project.built().items())
        again = record_quotations(project.options())
        assert again.state in ("up to date", "refused")
        assert not record.exists() or record.read_bytes() == recorded[RECORD_FILE]
