"""The pages that the preview adds to the site, and the script that it adds to every page."""

from html import escape

from briefgen.preview.policy import allow_client

CLIENT_URL = "/_briefgen/client.js"
EVENTS_URL = "/_briefgen/events"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"""


def make_placeholder() -> bytes:
    """Return the page that is shown as long as every state of the content had errors."""
    return _make_page(
        "Nothing to show yet", "The content has errors. As soon as they are fixed, the site appears here."
    )


def make_error_page(path: str) -> bytes:
    """Return the page that replaces one that could never be rendered."""
    return _make_page(
        "This page cannot be made",
        f"Rendering {escape(path)} failed. The page appears as soon as the problem is fixed.",
    )


def make_not_found_page(base: str) -> bytes:
    """Return the page for a URL without a file, if the site has no 404 page."""
    return _make_page("Nothing is here", f'The site begins at <a href="{escape(base)}">{escape(base)}</a>.')


def add_client(page: bytes, *, path: str, fingerprint: str, base: str, nonce: str) -> bytes:
    """Return the page with the script that updates it; the attributes of its element are the script's input.

    A content security policy of the page is changed so that it allows this script, by its `nonce`, and no other.
    """
    values = {"page": path, "fingerprint": fingerprint, "base": base}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    tag = f'<script src="{CLIENT_URL}" nonce="{nonce}"{data}></script>'.encode("utf-8", "replace")
    page = allow_client(page, nonce)
    end = page.rfind(b"</body>")
    if end < 0:
        end = page.lower().rfind(b"</body>")
    if end < 0:
        # A fragment gets no script. In a whole page the end tag of the body is optional.
        return page + tag if page.lstrip()[:9].lower() == b"<!doctype" else page
    return page[:end] + tag + page[end:]


def _make_page(title: str, text: str) -> bytes:
    return _PAGE.format(title=title, text=text).encode()
