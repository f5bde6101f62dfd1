"""Builds: the stages load, check, plan, render and write, in order. `plain` is the place to begin reading.

`build` and `check` give the same results incrementally: see `pipeline.incremental`. All raise `Failure` if the machine
refuses something.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefgen.pipeline.options import Options as Options
from briefgen.pipeline.options import Progress as Progress
from briefgen.pipeline.report import Report as Report
from briefgen.pipeline.report import sort_problems as sort_problems

if TYPE_CHECKING:
    from briefgen.pipeline.cleaning import clean as clean
    from briefgen.pipeline.digest import DigestFormat as DigestFormat
    from briefgen.pipeline.digest import make_digest as make_digest
    from briefgen.pipeline.edition import make_edition as make_edition
    from briefgen.pipeline.editor_schemas import make_schemas as make_schemas
    from briefgen.pipeline.editor_schemas import write_schemas as write_schemas
    from briefgen.pipeline.examination import Examination as Examination
    from briefgen.pipeline.examination import Proposal as Proposal
    from briefgen.pipeline.examination import examine as examine
    from briefgen.pipeline.examination import read_content as read_content
    from briefgen.pipeline.incremental.build import build as build
    from briefgen.pipeline.incremental.build import check as check
    from briefgen.pipeline.incremental.page_explanation import PageExplanation as PageExplanation
    from briefgen.pipeline.incremental.page_explanation import explain_page as explain_page
    from briefgen.pipeline.incremental.preview_snapshot import PreviewSnapshot as PreviewSnapshot
    from briefgen.pipeline.incremental.preview_snapshot import SnapshotBuilder as SnapshotBuilder
    from briefgen.pipeline.lists import Listed as Listed
    from briefgen.pipeline.lists import Wanted as Wanted
    from briefgen.pipeline.lists import Which as Which
    from briefgen.pipeline.lists import list_content as list_content
    from briefgen.pipeline.lists import list_entries as list_entries
    from briefgen.pipeline.mentions import Mentions as Mentions
    from briefgen.pipeline.mentions import find_mentions as find_mentions
    from briefgen.pipeline.plain import plain_build as plain_build
    from briefgen.pipeline.queries import has_scheduled_changes as has_scheduled_changes
    from briefgen.pipeline.queries import load_published_site as load_published_site
    from briefgen.pipeline.queries import load_site as load_site
    from briefgen.pipeline.queries import read_config as read_config
    from briefgen.pipeline.queries import suggest as suggest
    from briefgen.pipeline.quote_record import QuoteRecord as QuoteRecord
    from briefgen.pipeline.quote_record import record_quotations as record_quotations
    from briefgen.pipeline.quote_record import update_quote_record as update_quote_record

# Modules are imported when a name is used, because most builds have nothing to do and need few of them.
_MODULES = {
    "cleaning": ("clean",),
    "digest": ("DigestFormat", "make_digest"),
    "edition": ("make_edition",),
    "editor_schemas": ("make_schemas", "write_schemas"),
    "examination": ("Examination", "Proposal", "examine", "read_content"),
    "incremental.build": ("build", "check"),
    "incremental.page_explanation": ("PageExplanation", "explain_page"),
    "incremental.preview_snapshot": ("SnapshotBuilder", "PreviewSnapshot"),
    "lists": ("Listed", "Wanted", "Which", "list_content", "list_entries"),
    "mentions": ("Mentions", "find_mentions"),
    "plain": ("plain_build",),
    "queries": ("has_scheduled_changes", "load_published_site", "load_site", "read_config", "suggest"),
    "quote_record": ("QuoteRecord", "record_quotations", "update_quote_record"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"briefgen.pipeline.{module}"), name)
    raise AttributeError(name)
