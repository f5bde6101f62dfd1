"""The sources that the preview adds to the content security policy of a page."""

import pytest

from briefgen.preview.pages import allow_client, extend_policy


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("", ""),
        ("style-src 'self'", "style-src 'self'"),
        ("default-src 'none'", "default-src 'none'; script-src 'nonce-x'; connect-src 'self'"),
        ("Script-Src 'NONE'; img-src *;", "script-src 'nonce-x'; img-src *"),
        ("script-src 'self'; script-src *", "script-src 'self' 'nonce-x'"),
        ("script-src-elem 'none'; script-src 'self'", "script-src-elem 'nonce-x'; script-src 'self'"),
        ("default-src https:", "default-src https:; script-src https: 'nonce-x'; connect-src https: 'self'"),
        ("script-src 'unsafe-inline'", "script-src 'unsafe-inline' 'self'"),
        ("connect-src wss://example.org", "connect-src wss://example.org 'self'"),
    ],
)
def test_a_policy_allows_the_script_of_the_preview_and_its_requests_and_nothing_else(policy: str, allowed: str) -> None:
    assert extend_policy(policy, "x") == allowed


@pytest.mark.parametrize(
    "meta",
    [
        b"""<meta http-equiv="Content-Security-Policy" content="script-src 'none'">""",
        b"""<META content='script-src &#39;none&#39;' http-equiv=content-security-policy>""",
    ],
)
def test_a_policy_is_extended_however_its_element_is_written(meta: bytes) -> None:
    page = allow_client(b"<head>" + meta + b"</head>", "x")

    assert b"""content="script-src 'nonce-x'\"""" in page


@pytest.mark.parametrize(
    "page",
    [
        b"""<head><meta name="description" content="content-security-policy: script-src 'none'"></head>""",
        b"""<head></head><p><meta http-equiv="Content-Security-Policy" content="script-src 'none'">""",
        b"""<p>no head""",
    ],
)
def test_a_page_without_a_policy_in_its_head_stays_as_it_is(page: bytes) -> None:
    assert allow_client(page, "x") == page
