"""How likely and how sure are two judgements; in one sentence they blur (ICD 203 §D.6.e(2)(a))."""

import re
from collections.abc import Iterator

from briefgen.check.places import Keys
from briefgen.check.sentences import sentences
from briefgen.model.content import Brief
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site

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


def likelihood_with_confidence(site: Site) -> Iterator[Problem]:
    """Sentences of ours that speak of likelihood and of confidence in it."""
    for number, text in enumerate(site.config.key_points):
        yield from _blurred("content/site.yaml", ("key_points", number), text)
    for brief in site.briefs.values():
        for keys, text in _sure_words(brief.data):
            yield from _blurred(brief.file, keys, text)


def _sure_words(brief: Brief) -> Iterator[tuple[Keys, str]]:
    """What the desk itself says, left out where it cannot speak of confidence: that is nearly all of it."""
    sure = "onfiden"
    if brief.lede is not None and sure in brief.lede:
        yield ("lede",), brief.lede
    for number, point in enumerate(brief.key_points):
        if sure in point:
            yield ("key_points", number), point
    for number, claim in enumerate(brief.claims):
        if claim.note is not None and sure in claim.note:
            yield ("claims", number, "note"), claim.note
    for number, assessment in enumerate(brief.assessments):
        if sure in assessment.says:
            yield ("assessments", number, "says"), assessment.says
        if assessment.basis is not None and sure in assessment.basis:
            yield ("assessments", number, "basis"), assessment.basis


def _blurred(file: str, keys: Keys, text: str) -> Iterator[Problem]:
    for sentence in sentences(text):
        confidence = _CONFIDENCE.search(sentence)
        likelihood = _LIKELIHOOD.search(sentence) if confidence is not None else None
        if likelihood is not None and confidence is not None:
            yield Problem(
                code="likelihood-with-confidence",
                message=f'likelihood ("{likelihood[0]}") and confidence ("{confidence[0]}") in one sentence',
                at=Pointer(file, keys),
                hint="say how likely in one sentence and how sure you are in another (ICD 203)",
            )
