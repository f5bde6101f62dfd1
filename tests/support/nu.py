"""The Nu HTML checker on a built site: `PYTHONPATH=tests python -m support.nu FOLDER`.

It needs Java and the checker's `vnu.jar` (`npm install vnu-jar`), in `node_modules/` or named by BRIEFGEN_VNU. Pages,
stylesheets and SVG are checked. What is left out is in `FALSE_ALARMS`, with the reason.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# How the messages begin that are no fault of a page.
FALSE_ALARMS = (
    # A proposal to the standard (whatwg/html pull request 11006) that Chromium has; other browsers ignore it.
    "Attribute “interestfor” not allowed on element “a”",
    # CSS Anchor Positioning, which the checker's list of properties does not have yet.
    "CSS: “position-area”: Property",
    "CSS: “position-try-fallbacks”: Property",
    # SVG 2.
    "CSS: “vector-effect”: Property",
    # JSON-LD is data and never run, so no policy blocks it.
    "Inline script violates Content Security Policy (meta tag)",
    # The checker reads files, whose origin is not that of the site: 'self' in a policy is another place to it.
    "Resource violates Content Security Policy (meta tag): external stylesheet",
    "Resource violates Content Security Policy (meta tag): external script",
)


def find_jar() -> Path | None:
    """Return the checker's program, or None where it or Java is missing."""
    jar = Path(os.environ.get("BRIEFGEN_VNU") or ROOT / "node_modules/vnu-jar/build/dist/vnu.jar")
    return jar if shutil.which("java") and jar.is_file() else None


def check(jar: Path, site: Path) -> list[str]:
    """Return the errors and warnings of the checker on a built site, but for false alarms, one line each."""
    options = ("--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json", "--stdout")
    # A stack larger than Java's own, for pages that are deeply nested.
    command = ("java", "-Xss8m", "-jar", str(jar), *options, "--exit-zero-always", str(site))
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return [
        f"{message.get('url', '').partition(str(site))[2]}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stdout)["messages"]
        if (message["type"], message.get("subType")) != ("info", None)
        and not message["message"].startswith(FALSE_ALARMS)
    ]


if __name__ == "__main__":
    program = find_jar()
    if program is None:
        sys.exit("error: no Java, or no vnu.jar; npm install vnu-jar, or name it in BRIEFGEN_VNU")
    found = check(program, Path(sys.argv[1]))
    print(*found, f"{len(found)} errors and warnings", sep="\n")
    sys.exit(bool(found))
