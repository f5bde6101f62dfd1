"""No page runs what stands in its content, and none breaks its own content security policy, in a real browser."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from briefgen.preview.server import PreviewServer, make_reader
from briefgen.preview.watched_files import find_watched_folders
from briefgen.render.site_theme import shipped
from support import hostile
from support.browser import NewPage
from support.crawl import leads_on
from support.demo import PREFIX, demo_in
from support.preview import running
from support.project import Project, codes
from support.server import ServeFolder

WATCH = """
window.attacks = 0;
window.attack = () => window.attacks++;
window.violations = [];
document.addEventListener("securitypolicyviolation", event =>
    window.violations.push([event.effectiveDirective, event.blockedURI, event.sample].join(" ")));
"""
# Everything in a page that could run or load something: what is there besides the page's own head.
ACTIVE = """() => [...document.querySelectorAll("*")].filter(each =>
    (each.matches("script:not([type='application/ld+json']), style, iframe, object, embed, form, base") &&
        !(each.parentElement === document.head && each.textContent === KEYS)) ||
    each.matches("svg:not([viewBox], .chart, .chart > svg)") ||
    [...each.attributes].some(({ name, value }) => name.startsWith("on") || name === "style" ||
        (["href", "src"].includes(name) && !/^(https:\\/\\/|[^:]*$)/.test(value)))
).map(each => each.outerHTML.slice(0, 200))"""
# The theme's own script for the key "/", which is in every page, and what the search page and lists have.
BASE = (shipped() / "briefing/templates/parts/base.html").read_text("utf-8")
ACTIVE = ACTIVE.replace("KEYS", json.dumps(re.findall(r"{% set keys %}(.*){% endset %}", BASE)[0]))
OWN = re.compile(r'<script src="[./]+assets/(lists|search)\.js" defer=""></script>|<form class="(find|lookup)"')
MOVE = """() => document.querySelectorAll("body *").forEach(each =>
    ["mouseover", "click", "focus", "load", "error"].forEach(name => each.dispatchEvent(new Event(name))))"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = demo_in(tmp_path_factory.mktemp("demo"))
    assert project.build().ok
    return project


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("hostile"), hostile.files())
    # The attacks are no Markdown texts; nothing else is wrong with them.
    assert set(codes(project.build())) == {"markup-in-text"}
    return project


def watched(page: Page) -> list[str]:
    """What the console says from now on; violations and attacks are counted in the page."""
    said: list[str] = []
    page.add_init_script(WATCH)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(f"{error}"))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    return said


def unexpected(active: list[str]) -> list[str]:
    """Return what is active on a page, without what is the site theme's own."""
    return [each for each in active if not OWN.match(each)]


@contextmanager
def preview_of(project: Project) -> Iterator[PreviewServer]:
    read = make_reader(lambda: project.options(drafts=True, future=True))
    server = PreviewServer(read, project.root, find_watched_folders(project.root), lambda _: None, port=0)
    with running(server.run, server.stop):
        yield server


def addresses(project: Project) -> list[str]:
    built = project.built().items()
    return [path.removesuffix("index.html") for path, page in built if path.endswith(".html") and not leads_on(page)]


def test_no_demo_page_violates_its_content_security_policy(
    demo: Project, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    site, page = serve_folder(demo.root / "site", PREFIX), new_page()
    said = watched(page)
    for address in addresses(demo):
        page.goto(site + address)

        assert page.locator("meta[http-equiv='Content-Security-Policy'], meta[name=referrer]").count() == 2
        assert page.evaluate("violations") == []
    assert said == []


def test_a_page_opened_from_the_disk_has_its_styles(demo: Project, new_page: NewPage) -> None:
    page = new_page()
    said = watched(page)
    page.goto((demo.root / "site" / "index.html").as_uri())

    expect(page.locator("body")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert said == []


def test_the_policy_blocks_scripts_inline_styles_and_other_hosts(
    demo: Project, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    page = new_page()
    watched(page)
    page.goto(serve_folder(demo.root / "site", PREFIX))
    page.evaluate("""async () => {
        const add = (name, values) => document.head.append(Object.assign(document.createElement(name), values));
        add("script", { textContent: "attack()" });
        add("script", { src: "assets/own.js" });
        add("style", { textContent: "* { color: red }" });
        add("img", { src: "http://127.0.0.2:1/pixel" });
        add("base", { href: "http://127.0.0.2:1/" });
        add("iframe", { src: "about.html" });
        document.body.setAttribute("onclick", "attack()");
        document.body.click();
        await fetch("http://127.0.0.2:1/").catch(() => null);
        await new Promise(done => setTimeout(done, 200));
    }""")

    stopped = {violation.split()[0] for violation in page.evaluate("violations")}
    assert page.evaluate("attacks") == 0
    assert stopped == {
        "script-src-elem", "script-src-attr", "style-src-elem", "img-src", "base-uri", "frame-src", "connect-src"
    }  # fmt: skip


def test_a_page_kind_can_have_a_wider_content_security_policy(
    tmp_path: Path, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    template = (shipped() / "briefing" / "templates" / "page.html").read_text("utf-8")
    more = "{% block scripts %}; script-src 'self' 'wasm-unsafe-eval'{% endblock %}{% block keys %}{% endblock %}"
    script = '{% block head %}<script src="{{ view.frame.assets }}own.js"></script>'
    project = Project(
        tmp_path,
        {
            "content/site.yaml": "title: A site\nsite_theme: own\n",
            "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
            "themes/own/theme.yaml": "theme_api: 1\nextends: briefing\n",
            "themes/own/templates/page.html": template.replace("{% block head %}", script) + more,
            "themes/own/assets/own.js": "new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); attack()",
        },
    )
    assert codes(project.build()) == []
    site, page = serve_folder(tmp_path / "site"), new_page()
    watched(page)

    for address, attacks in (("about/", 1), ("briefs/", 0)):
        page.goto(site + address)
        assert page.evaluate("[attacks, violations]") == [attacks, []]


@pytest.mark.parametrize("bypass", [False, True], ids=["with its policy", "without a policy"])
def test_hostile_texts_in_every_field_are_shown_as_text_only(
    attacked: Project, serve_folder: ServeFolder, new_page: NewPage, *, bypass: bool
) -> None:
    """Without a policy, too: escaping has to be enough, and the policy is what stands behind it."""
    site, page = serve_folder(attacked.root / "site", hostile.PREFIX), new_page(bypass_csp=bypass)
    said = watched(page)
    shown = ""
    for address in addresses(attacked):
        page.goto(site + address)
        page.evaluate(MOVE)
        shown += page.evaluate("document.documentElement.textContent + document.head.innerHTML")

        inside = 1 if address == "404.html" else 0  # it has the stylesheet of the site theme inside itself
        active = unexpected(page.evaluate(ACTIVE))
        assert [each.startswith("<style>") for each in active] == [True] * inside, address
        linked = page.locator("link[rel=stylesheet]").count()
        assert page.evaluate("[attacks, violations, document.styleSheets.length]") == [0, [], linked + inside]
    assert said == []
    assert {label for label in hostile.labels() if label not in shown} == hostile.UNSHOWN


@pytest.mark.parametrize("suffix", [".xml", ".json"])
def test_feeds_and_sitemaps_with_hostile_texts_are_well_formed(suffix: str, attacked: Project) -> None:
    found = {path: content for path, content in attacked.built().items() if path.endswith(suffix)}

    assert found
    for content in found.values():
        if suffix == ".xml":
            assert b"<script" not in content
            etree.fromstring(content)
        else:
            json.loads(content)


def test_the_preview_runs_only_its_own_script(attacked: Project, tmp_path: Path, new_page: NewPage) -> None:
    project = Project(tmp_path, hostile.files())
    page = new_page()
    said = watched(page)
    with preview_of(project) as server:
        for address in addresses(attacked):
            if address != "404.html":
                page.goto(server.url + hostile.PREFIX.lstrip("/") + address)
                page.evaluate(MOVE)
                assert unexpected(page.evaluate(ACTIVE)) == [], address
                assert page.evaluate("[attacks, violations]") == [0, []]
        with page.expect_request("**/_briefgen/events*"):
            page.goto(server.url + hostile.PREFIX.lstrip("/") + "method/")
        page.evaluate("window.mark = true")
        path = "content/pages/method.md"
        project.write({path: (project.root / path).read_text("utf-8") + "\nA new sentence.\n"})
        expect(page.locator("main")).to_contain_text("A new sentence.")
        project.write({path: (project.root / path).read_text("utf-8") + "\n[[<script>attack()</script>]]\n"})
        expect(page.locator("briefgen-preview section")).to_contain_text("<script>attack()</script>")

        assert page.evaluate("[mark, attacks, violations]") == [True, 0, []]
    assert [each for each in said if "ERR_" not in each] == []


@pytest.mark.parametrize(
    "address", ["javascript:attack()", "JaVaScRiPt://x/%0aattack()", "data:text/html,x", "//x/", "file:///x"]
)
def test_no_address_that_could_run_a_script_is_linked(address: str, tmp_path: Path) -> None:
    files, number = hostile.with_address(address)
    report = Project(tmp_path, files).check()

    told = [problem for problem in report.problems if problem.code == "bad-url"]
    assert len(told) == number > 5
