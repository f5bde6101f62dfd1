"""Lighthouse's scores of every page kind of the demo: `PYTHONPATH=tests python -m support.lighthouse PROGRAM [KIND …]`.

PROGRAM is Lighthouse (`npm install lighthouse` puts it into `node_modules/.bin/`). The demo is served as GitHub Pages
serves a site: compressed, and to be kept for ten minutes. Prints a table of Markdown, and below it what costs a point.
Other work on the machine lowers the score of performance only, so a page that costs a point there gets two more runs.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from briefgen import pipeline
from briefgen.pipeline import Options
from support.browser import QUIET, find
from support.page_kinds import KINDS, heaviest, pages_of, read_files

ROOT = Path(__file__).resolve().parents[2]
PORT = 8911
RUNS = 3
SITE = f"http://localhost:{PORT}/ukraine/"
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
MEASURES = {
    "first-contentful-paint": "first paint, s",
    "largest-contentful-paint": "largest paint, s",
    "cumulative-layout-shift": "layout shift",
    "total-byte-weight": "transferred, kB",
}


class _Files(StaticFiles):
    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = "max-age=600"
        return response


@contextmanager
def _serving(folder: Path) -> Iterator[None]:
    app = Starlette(
        routes=[Mount("/ukraine", _Files(directory=folder, html=True))], middleware=[Middleware(GZipMiddleware)]
    )
    server = uvicorn.Server(uvicorn.Config(app, host="localhost", port=PORT, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _report(lighthouse: str, chromium: Path, address: str) -> dict[str, Any]:
    flags = " ".join(("--headless=new", *QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])))
    command = (lighthouse, address, "--output=json", "--quiet", f"--chrome-flags={flags}", "--form-factor=mobile")
    environment = os.environ | {"CHROME_PATH": str(chromium)}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, env=environment)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _best(lighthouse: str, chromium: Path, address: str) -> dict[str, Any]:
    reports: list[dict[str, Any]] = []
    while len(reports) < RUNS and not any(_performance(report) == 1 for report in reports):
        reports.append(_report(lighthouse, chromium, address))
    return max(reports, key=_performance)


def _performance(report: dict[str, Any]) -> float:
    return float(report["categories"]["performance"]["score"])


def _row(kind: str, report: dict[str, Any]) -> str:
    scores = [f"{100 * report['categories'][each]['score']:.0f}" for each in CATEGORIES]
    values = {each: report["audits"][each]["numericValue"] for each in MEASURES}
    measures = [
        f"{values[each]:.3f}" if each == "cumulative-layout-shift" else f"{values[each] / 1000:.1f}"
        for each in MEASURES
    ]
    return f"| {kind} | {' | '.join(scores + measures)} |"


def _faults(kind: str, report: dict[str, Any]) -> Iterator[str]:
    for category in CATEGORIES:
        for part in report["categories"][category]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{kind}: {category}: {audit['id']} {audit['score']}: {audit['title']}"


def measure(lighthouse: str, kinds: list[str]) -> None:
    """Build and serve the demo, and print what Lighthouse says of its page kinds."""
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as built, sync_playwright() as playwright:
        chromium = find(playwright)
        pipeline.build(Options(ROOT, date(2025, 12, 31), base_url=SITE, output_dir=Path(built)))
        pages = pages_of(read_files(Path(built)))
        with _serving(Path(built)):
            for number, kind in enumerate(kinds):
                report = _best(lighthouse, chromium or Path(), SITE + heaviest(kind, pages))
                if not number:
                    print(f"Lighthouse {report['lighthouseVersion']}, {report['environment']['hostUserAgent']}\n")
                    print(f"| page kind | {' | '.join((*CATEGORIES.values(), *MEASURES.values()))} |")
                    print(f"| --- |{' ---: |' * (len(CATEGORIES) + len(MEASURES))}")
                print(_row(kind, report), flush=True)
                faults += _faults(kind, report)
    print("", *faults, sep="\n")


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2:] or list(KINDS))
