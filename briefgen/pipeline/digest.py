"""A digest of what is new, made without a build."""

from datetime import date
from typing import Literal

from msgspec.structs import replace

from briefgen import plan
from briefgen.kernel.folders import user_cache
from briefgen.model.failure import Failure
from briefgen.model.page import Page
from briefgen.model.problem import Problem
from briefgen.pipeline.options import Options
from briefgen.pipeline.queries import load_published_site
from briefgen.pipeline.stages import load_site_theme
from briefgen.render.digest import render_markdown, render_text
from briefgen.render.html import Renderer, RenderError

DigestFormat = Literal["html", "text", "markdown"]


def make_digest(options: Options, since: date, form: DigestFormat) -> str | Problem:
    """Return what is new since a day, or what is wrong with the template of the site theme.

    Raises:
        Failure: the site cannot be read, its address is not known, or the machine refused something.
    """
    site = load_published_site(options)
    if site is None:
        raise Failure("content/site.yaml cannot be read", "Run `briefgen check` to see what is wrong.")
    config = replace(site.config, base_url=options.base_url or site.config.base_url)
    if not config.base_url:
        next_step = "Set base_url in content/site.yaml, or give the address with --base-url."
        raise Failure("a digest has links, and the address of the site is not known", next_step)
    theme, problems = load_site_theme(options, config)
    if theme is None:
        return next(iter(problems))
    context = plan.SiteContext(replace(site, config=config), messages=theme.messages)
    view = plan.make_digest(context, since)
    if form != "html":
        return (render_text if form == "text" else render_markdown)(view)
    page = Page(path="digest.html", kind="digest", template="digest.html", view=lambda: view)
    try:
        return Renderer(theme, str, compiled=user_cache()).render(page).decode()
    except RenderError as error:
        return error.problem
