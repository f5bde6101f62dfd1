"""Keys that other generators have, and what briefgen has instead."""

_BODY = "write it below the front matter"
_FORMER = "write former_ids, a list of ids that it had before"
_NO_DRAFT = "only a brief can be a draft"

# By the name of the struct, hints and the keys that get them. Those of "" are for every struct and come last.
_ADVICE: dict[str, dict[str, str]] = {
    "Brief": {
        _FORMER: "aliases",
        "write themes": "tags categories keywords topics",
        "write actors": "people",
        "write editor for the curator; the article's author belongs under source": "author authors",
        "write lede": "description subtitle summary excerpt",
        "write expires": "expiryDate expiry_date expire",
        "write date": "publishDate pubDate publish_date created",
        "a change is an entry of corrections": "lastmod updated modified",
        "a brief has one source; others go to content/sources/ and are cited": "sources",
        "write key_points": "keypoints",
        "briefs are in the order of their dates": "weight order",
    },
    "Claim": {
        '"stance" is now "answer", the id of an answer of the theme': "stance",
        '"outcome" is now "finding"': "outcome",
        '"disputes" is now "contradicts"': "disputes",
    },
    "Source": {
        _FORMER: "aliases",
        "write published": "date",
        "write url": "link",
        _NO_DRAFT: "draft",
        "write author, several names in one text": "authors",
        "write retrieved": "accessed",
        "write language": "lang",
    },
    "Actor": {
        "write name": "title",
        "write kind": "type",
        _BODY: "description summary bio",
        _NO_DRAFT: "draft",
        "actors are in the order of their names": "weight",
    },
    "Theme": {
        "write name": "title",
        _BODY: "description summary",
        _NO_DRAFT: "draft",
        "write answers, from one pole to the other": "stances",
    },
    "Publisher": {
        "write name": "title",
        "write kind": "type",
        "write note": "description",
        "publishers are sorted": "weight",
    },
    "FreePage": {
        _FORMER: "aliases",
        "write title": "name",
        "write description": "summary lede",
        _NO_DRAFT: "draft",
        "free pages have no date": "date",
    },
    "Config": {
        "write site_theme for the look; subjects are files of content/themes/": "theme",
        "write title": "name site_name",
        "write base_url": "url baseURL baseurl site_url",
        "write language": "lang languageCode locale",
        "write output_dir": "destination publishDir site_dir output",
        "write page_size": "paginate",
        "write publisher": "author copyright",
        _NO_DRAFT: "draft",
        "a site has no id": "id slug",
        "addresses are fixed": "permalink",
        "a site has no order": "weight",
    },
    "": {
        "write `status: draft`": "draft",
        "the file's name is the id": "slug id url permalink",
        "the site theme decides the look": "layout template",
        "write order": "weight",
        _FORMER: "redirect_from former_id old_ids",
        "merge keys are not read; repeat the keys": "<<",
    },
}

KEYS = {
    struct: {key: hint for hint, keys in found.items() for key in keys.split()} for struct, found in _ADVICE.items()
}
"""By the name of the struct, keys that it does not have, each with what to write instead."""


def advice(struct: str, key: str) -> str:
    """Return what to write instead of a key that this struct does not have; empty for an unusual one."""
    return KEYS.get(struct.removesuffix("File"), {}).get(key) or KEYS[""].get(key, "")
