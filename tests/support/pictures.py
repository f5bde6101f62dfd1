"""Pictures of every page kind of the demo, to be looked at: `PYTHONPATH=tests python -m support.pictures FOLDER`.

Each kind is taken at three widths in light and dark, and once in forced colours, in print and at twice the size.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from briefgen import pipeline
from briefgen.pipeline import Options
from support.browser import launch
from support.demo import DAY
from support.page_kinds import KINDS, heaviest, pages_of, read_files
from support.server import serving

ROOT = Path(__file__).resolve().parents[2]
LOOKS: dict[str, dict[str, Any]] = {
    **{
        f"{width}-{scheme}": {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
        for width in (360, 768, 1440)
        for scheme in ("light", "dark")
    },
    "forced": {"viewport": {"width": 1440, "height": 900}, "forced_colors": "active"},
    "print": {"viewport": {"width": 794, "height": 1123}},
    "zoomed": {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2},
}


def take_pictures(folder: Path) -> None:
    """Build the demo and write a picture of each page kind in each look into a folder."""
    with tempfile.TemporaryDirectory() as built, sync_playwright() as playwright:
        pipeline.build(Options(ROOT, DAY, output_dir=Path(built)))
        pages = pages_of(read_files(Path(built)))
        browser = launch(playwright)
        with serving(Path(built)) as address:
            for look, settings in LOOKS.items():
                context = browser.new_context(**settings)
                page = context.new_page()
                if look == "print":
                    page.emulate_media(media="print")
                for kind in KINDS:
                    _take(page, address + heaviest(kind, pages), folder / f"{kind}-{look}.png")
                context.close()
        browser.close()


def _take(page: Page, address: str, file: Path) -> None:
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    take_pictures(target)
