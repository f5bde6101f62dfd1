"""The few pages that are the preview's own, and the script that every page gets."""

from html import escape

from briefgen.preview.policy import with_allowance

CLIENT = "/_briefgen/client.js"
EVENTS = "/_briefgen/events"

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


def nothing_yet() -> bytes:
    """Shown while no state of the content has been without errors."""
    return _page(
        "Nothing to show yet", "The content has errors. This page gives way to the site as soon as they are mended."
    )


def cannot_render(path: str) -> bytes:
    """Shown for a page whose template fails, if it has never been shown before."""
    return _page(
        "This page cannot be made", f"The problem is with {escape(path)}. The page comes back when it is mended."
    )


def not_found(base: str) -> bytes:
    """Shown where nothing is, if the site has no such page of its own."""
    return _page("Nothing is here", f'The site begins at <a href="{escape(base)}">{escape(base)}</a>.')


def with_client(page: bytes, *, path: str, fingerprint: str, base: str, nonce: str) -> bytes:
    """The page with the script that renews it; what the script needs to know stands in its element.

    A content security policy of the page lets through this script, by its `nonce`, and nothing else.
    """
    values = {"page": path, "print": fingerprint, "base": base}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    tag = f'<script src="{CLIENT}" nonce="{nonce}"{data}></script>'.encode("utf-8", "replace")
    page = with_allowance(page, nonce)
    end = page.rfind(b"</body>")
    if end < 0:
        end = page.lower().rfind(b"</body>")
    if end < 0:
        # A fragment stays as it is; in a whole page the end of the body need not be written.
        return page + tag if page.lstrip()[:9].lower() == b"<!doctype" else page
    return page[:end] + tag + page[end:]


def _page(title: str, text: str) -> bytes:
    return _PAGE.format(title=title, text=text).encode()
