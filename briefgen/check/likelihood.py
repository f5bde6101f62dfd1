"""Likelihood and confidence are two judgements that one sentence must not mix (ICD 203 §D.6.e(2)(a))."""

import re
from collections.abc import Iterator

from briefgen.model.claimed import written_claims
from briefgen.model.content import Brief
from briefgen.model.problem import Pointer, Problem
from briefgen.model.references import Keys
from briefgen.model.site import Site
from briefgen.model.texts import AnyText, plain

# Both rows of synonyms of ICD 203, with their adverbs and nouns. Words inside longer words never count.
_LIKELIHOOD = re.compile(
    r"""(?<![\w-])(?:
        almost\ (?:no\ chance|certain(?:ly)?)
      | (?:very\ |highly\ )?(?:un)?likely
      | (?:highly\ )?(?:im)?probabl[ey]
      | nearly\ certain(?:ly)?
      | (?:roughly|about)\ even\ (?:chances?|odds)
      | remote\ (?:chances?|possibility|likelihood|probability|odds|prospects?)
      | (?:is|are|seems?|looks?|remains?)\ remote
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
_GRADE = r"(?:very\ )?(?:low|moderate|medium|high)"
# Whose confidence: that of consumers or voters is no judgement of ours.
_CONFIDENCE = re.compile(
    rf"""(?<![\w-])(?<!['’]s\ )(?:
        {_GRADE}(?:(?:\ |-)(?:to|or)(?:\ |-){_GRADE})?[ -](?:analytic(?:al)?\ )?confidence
      | (?<!consumer\ )(?<!investor\ )(?<!business\ )(?<!public\ )(?<!voter\ )(?<!market\ )
        confidence(?:\ level)?(?:\ in\ (?:this|our|the)\ (?:\w+\ )?(?:judge?ment|assessment|forecast|estimate))?
        (?:\ (?:is|are|was|remains?)|:)\ {_GRADE}
      | (?:highly|moderately|very|fairly)\ confident
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)

_SURE = "onfiden"  # in all words of confidence; a test for it is fast


def likelihood_with_confidence(site: Site) -> Iterator[Problem]:
    """Find sentences of the desk that speak of likelihood and of confidence in it."""
    for number, point in enumerate(site.config.key_points):
        yield from _blurred("content/site.yaml", ("key_points", number, "says"), point.says)
    for brief in site.briefs.values():
        for keys, text in _sure_words(brief.data):
            yield from _blurred(brief.file, keys, text)
    for one in written_claims(site):
        if one.claim.note is not None and _SURE in plain(one.claim.note):
            yield from _blurred(one.file, ("claims", one.number, "note"), one.claim.note)


def _sure_words(brief: Brief) -> Iterator[tuple[Keys, AnyText]]:
    """Yield the texts of the desk itself that may speak of confidence, which few do."""
    if brief.lede is not None and _SURE in plain(brief.lede):
        yield ("lede",), brief.lede
    for number, point in enumerate(brief.key_points):
        if _SURE in plain(point):
            yield ("key_points", number), point
    for number, assessment in enumerate(brief.assessments):
        if _SURE in plain(assessment.says):
            yield ("assessments", number, "says"), assessment.says
        if assessment.basis is not None and _SURE in plain(assessment.basis):
            yield ("assessments", number, "basis"), assessment.basis


def _blurred(file: str, keys: Keys, text: AnyText) -> Iterator[Problem]:
    for sentence in sentences(plain(text)):
        confidence = _CONFIDENCE.search(sentence)
        likelihood = _LIKELIHOOD.search(sentence) if confidence is not None else None
        if likelihood is not None and confidence is not None:
            message = f'likelihood ("{likelihood[0]}") and confidence ("{confidence[0]}") in one sentence'
            hint = "say how likely in one sentence and how sure you are in another (ICD 203)"
            yield Problem("likelihood-with-confidence", message, Pointer(file, keys), hint)


# An end of a sentence as it looks: its mark, closing quotes and brackets, space, and something that may begin another.
# What matches is taken whole, as a run of marks that ends no sentence would be tried again from each of them.
_END = re.compile(r"""(?<![.!?…])[.!?…]++['"”’»)\]]*+\s++(?=['"“‘«(\[]*[A-Z0-9À-ÞА-Я])|\n\s*\n""")
# Always followed by a name or a number, so never the end.
_TITLE = re.compile(
    r"(?:^|[\s(“‘\"'])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Amb|Hon|Rev|St|vs|cf|e\.g|i\.e|approx|ca)\.\s+$"
)
_NUMBERED = re.compile(
    r"(?:^|[\s(])(?:No|Nos|Art|Arts|p|pp|para|paras|Fig|Sec|Ch|Vol|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s+$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:^|[\s(“‘\"'])(?:[A-Za-z]\.)+\s+$")  # J., U.S., a.m.
_LONGEST = 40  # characters of an abbreviation
_OPENING = re.compile(
    r"['\"“‘«(\[]*+(?:We|Our|Us|I|It|Its|They|Their|The|This|These|That|Those|There|He|She|His|Her|If|In|On|At|As|But|And|Or|So|Yet"
    r"|With|Without|Both|Such|Some|Most|No|Not|What|Whether|However|Still|Confidence|Low|Moderate|High)\b"
)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of an English text, as far as full stops can tell, each on one line."""
    start = 0
    for end in _END.finditer(text):
        if _goes_on(text[max(start, end.start() - _LONGEST) : end.end()], text, end.end()):
            continue
        yield " ".join(text[start : end.end()].split())
        start = end.end()
    rest = " ".join(text[start:].split())
    if rest:
        yield rest


def _goes_on(before: str, text: str, end: int) -> bool:
    """Return whether `before`, which ends at an offset of `text`, ends with an abbreviation and not a sentence."""
    if _TITLE.search(before):
        return True
    if _NUMBERED.search(before):
        return text[end : end + 1].isdigit()
    # "the U.S. Congress" goes on, "in the U.S. We doubt it" does not.
    return bool(_LETTERS.search(before)) and not _OPENING.match(text, end)
