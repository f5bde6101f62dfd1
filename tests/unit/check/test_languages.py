from briefgen.check.sources import unknown_languages
from briefgen.model.problem import Pointer, Problem
from support.sites import a_site


def test_the_language_of_the_site_and_of_each_source_must_exist() -> None:
    site = a_site(
        language="xx",
        briefs={"meeting": {"source": {"language": "ua"}}, "other": {"source": {"language": "uk"}}},
        sources={"log": {"language": "deu"}},
    )

    assert list(unknown_languages(site)) == [
        Problem(
            "unknown-value",
            '"language" cannot be "xx"',
            Pointer("content/site.yaml", ("language",)),
            "write a tag of BCP 47, such as en, uk or pt-BR",
        ),
        Problem(
            "unknown-value",
            '"language" cannot be "deu"',
            Pointer("content/sources/log.yaml", ("language",)),
            "write de",
        ),
        Problem(
            "unknown-value",
            '"language" cannot be "ua"',
            Pointer("content/briefs/meeting.md", ("source", "language")),
            "write uk",
        ),
    ]


def test_a_wrong_language_of_all_sources_is_one_problem_at_its_publisher() -> None:
    # Loading has filled in the defaults.
    sources = {id: {"publisher": "post", "language": "ua"} for id in ("log", "letter")}
    site = a_site(publishers={"post": {"defaults": {"language": "ua"}}}, sources=sources)

    assert [(one.at, one.hint) for one in unknown_languages(site)] == [
        (Pointer("content/publishers/post.yaml", ("defaults", "language")), "write uk")
    ]
