"""Keys that other generators have, and what briefgen has instead."""

_NAME = "the file's name is the id"
_FORMER = "write former_ids, a list of ids that it had before"
_BODY = "write it below the front matter"
_THEMES = "write themes"
_CORRECTIONS = "a change is an entry of corrections"

EVERYWHERE: dict[str, str] = {
    "draft": "write `status: draft`",
    "slug": _NAME,
    "id": _NAME,
    "url": _NAME,
    "permalink": _NAME,
    "layout": "the site theme decides the look",
    "template": "the site theme decides the look",
    "weight": "write order",
    "redirect_from": _FORMER,
    "former_id": _FORMER,
    "old_ids": _FORMER,
    "<<": "merge keys are not read; repeat the keys",
}

# By the name of the struct in which the key stands; these come before those above.
BY_STRUCT: dict[str, dict[str, str]] = {
    "Brief": {
        "aliases": _FORMER,
        "tags": _THEMES,
        "categories": _THEMES,
        "keywords": _THEMES,
        "topics": _THEMES,
        "people": "write actors",
        "author": "write editor for the curator; the article's author belongs under source",
        "authors": "write editor for the curator; the article's author belongs under source",
        "description": "write lede",
        "subtitle": "write lede",
        "summary": "write lede",
        "excerpt": "write lede",
        "expiryDate": "write expires",
        "expiry_date": "write expires",
        "expire": "write expires",
        "publishDate": "write date",
        "pubDate": "write date",
        "publish_date": "write date",
        "created": "write date",
        "lastmod": _CORRECTIONS,
        "updated": _CORRECTIONS,
        "modified": _CORRECTIONS,
        "sources": "a brief has one source; others go to content/sources/ and are cited",
        "keypoints": "write key_points",
        "weight": "briefs are in the order of their dates",
        "order": "briefs are in the order of their dates",
    },
    "Source": {
        "aliases": _FORMER,
        "date": "write published",
        "link": "write url",
        "draft": "only a brief can be a draft",
        "authors": "write author, several names in one text",
        "accessed": "write retrieved",
        "lang": "write language",
    },
    "Actor": {
        "title": "write name",
        "type": "write kind",
        "description": _BODY,
        "summary": _BODY,
        "bio": _BODY,
        "draft": "only a brief can be a draft",
        "weight": "actors are in the order of their names",
    },
    "Theme": {
        "title": "write name",
        "description": _BODY,
        "summary": _BODY,
        "draft": "only a brief can be a draft",
    },
    "Publisher": {
        "title": "write name",
        "type": "write kind",
        "description": "write note",
        "weight": "publishers are sorted",
    },
    "FreePage": {
        "aliases": _FORMER,
        "name": "write title",
        "summary": "write description",
        "lede": "write description",
        "draft": "only a brief can be a draft",
        "date": "free pages have no date",
    },
    "Config": {
        "theme": "write site_theme for the look; subjects are files of content/themes/",
        "name": "write title",
        "site_name": "write title",
        "url": "write base_url",
        "baseURL": "write base_url",
        "baseurl": "write base_url",
        "site_url": "write base_url",
        "lang": "write language",
        "languageCode": "write language",
        "locale": "write language",
        "destination": "write output_dir",
        "publishDir": "write output_dir",
        "site_dir": "write output_dir",
        "output": "write output_dir",
        "paginate": "write page_size",
        "author": "write publisher",
        "copyright": "write publisher",
        "draft": "only a brief can be a draft",
        "id": "a site has no id",
        "slug": "a site has no id",
        "permalink": "addresses are fixed",
        "weight": "a site has no order",
    },
}


def advice(struct: str, key: str) -> str:
    """What to write instead of a key that briefgen does not have in this struct; empty if nobody has it."""
    return BY_STRUCT.get(struct, {}).get(key) or EVERYWHERE.get(key, "")
