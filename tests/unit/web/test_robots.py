"""What robots.txt allows."""

import pytest

from briefgen.web.robots import is_allowed


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/dam", True),
        ("User-agent: *\nDisallow: /\n", "/dam", False),
        ("User-agent: *\nDisallow:\n", "/dam", True),
        ("User-agent: other\nDisallow: /\n", "/dam", True),
        ("User-agent: Briefgen\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "/dam", False),
        ("User-agent: *\nDisallow: /\nAllow: /dam\n", "/dam", True),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/dam.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/dam.pdf?x", True),
        ("<html>not found</html>", "/dam", True),
        ("\xff\0" * 100, "/dam", True),
    ],
)
def test_the_longest_rule_for_the_agent_decides(robots: str, path: str, *, allowed: bool) -> None:
    assert is_allowed(robots.encode(), f"https://news.example{path}") is allowed
