"""The closed lists of words that curators choose from, and what each means to a reader.

Each table is in the order in which it should be listed. Sources: Admiralty scale as in the MISP taxonomy
`admiralty-scale`; likelihood words as in ICD 203 §D.6.e(2)(a), first row of synonyms.
"""

from typing import Any, Literal, get_args

ArticleType = Literal["AnalysisNewsArticle", "Report"]  # of schema.org: of a newsroom, of a think tank
Cards = Literal["drawn", "none"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]
Scale = Literal["none"]
Gap = Literal["far"]
SourceKind = Literal[
    "report", "opinion", "explainer", "encyclopaedia", "aggregator", "rewrite", "official", "transcript"
]
ActorKind = Literal["person", "state", "organisation", "group", "author"]
Status = Literal["draft", "published", "needs-second-source", "retracted"]
Likelihood = Literal[
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
]
Confidence = Literal["low", "moderate", "high"]
ClaimKind = Literal["fact", "demand", "offer", "commitment", "forecast", "opinion"]
ClaimForm = Literal["paper", "draft", "leak"]
KeyPointKind = Literal["established", "contested", "open"]
Verdict = Literal[
    "supported",
    "contradicted",
    "mixed",
    "no evidence found",
    "taken up",
    "partly taken up",
    "not taken up",
    "kept",
    "partly kept",
    "broken",
    "pending",
    "borne out",
    "largely borne out",
    "not borne out",
    "open",
]
DisputeKind = Literal["fact", "date", "figure", "attribution", "interpretation", "forecast", "internal"]
DisputeState = Literal["open", "explained", "settled"]
Severity = Literal["major", "minor"]
FlagKind = Literal[
    "unsupported-headline",
    "unsupported-claim",
    "impossible-event",
    "wrong-fact",
    "wrong-figure",
    "wrong-date",
    "wrong-role",
    "wrong-attribution",
    "self-contradiction",
    "oversimplification",
    "misused-quotation",
    "broken-citation",
    "missing-source",
    "missing-provenance",
    "missing-date",
    "outdated",
    "ambiguous",
    "inconsistent-names",
    "leftover-text",
    "doubtful-upstream",
]


def _labels(words: Any, others: dict[str, str]) -> dict[str, str]:
    """Return what readers see for each word of a list: the word without hyphens, unless there is another text."""
    return {word: others.get(word, word.replace("-", " ")) for word in get_args(words)}


RELIABILITY: dict[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY: dict[int, str] = {
    1: "said, as other sources confirm",
    2: "probably said",
    3: "possibly said",
    4: "doubtful that it was said",
    5: "improbable that it was said",
    6: "whether it was said cannot be judged",
}
"""The Admiralty scale, whose “probably true” is about the report; in these words no reader takes it for the claim."""
DOUBTED = (4, 5, 6)
"""The grades of a report that do not make it probable that the claim was made."""
VERDICTS: dict[str, tuple[str, ...]] = {
    "fact": ("supported", "contradicted", "mixed", "no evidence found"),
    "offer": ("taken up", "partly taken up", "not taken up", "pending"),
    "commitment": ("kept", "partly kept", "broken", "pending"),
    "forecast": ("borne out", "largely borne out", "mixed", "not borne out", "open"),
}
"""By the kind of a claim, what can be found of its content; of a demand or an opinion, nothing can."""
FINDING_LABELS: dict[str, str] = {
    "fact": "The claim itself",
    "offer": "What came of the offer",
    "commitment": "What came of the commitment",
    "forecast": "What came of the forecast",
}
CLAIM_FORMS: dict[str, str] = {
    "paper": "in a negotiating paper",
    "draft": "in a draft",
    "leak": "in a leaked draft",
}
"""What a claim was made in, where that is no statement, as readers see it beside the answer."""
VERDICT_LABELS = _labels(Verdict, {"open": "still open"})
LIKELIHOODS: dict[str, str] = {
    "almost no chance": "1–5%",
    "very unlikely": "5–20%",
    "unlikely": "20–45%",
    "roughly even chance": "45–55%",
    "likely": "55–80%",
    "very likely": "80–95%",
    "almost certain": "95–99%",
}
SOURCE_KINDS = _labels(
    SourceKind,
    {
        "encyclopaedia": "encyclopaedia article",
        "rewrite": "rewrite of others’ reporting",
        "official": "official text",
    },
)
ACTOR_KINDS: dict[str, str] = {
    "person": "People",
    "state": "States",
    "organisation": "Organisations",
    "group": "Groups and unnamed voices",
    "author": "Unnamed authors of texts",
}
STATUSES = _labels(Status, {"needs-second-source": "rests on one source"})
FLAG_KINDS = _labels(
    FlagKind,
    {
        "unsupported-headline": "headline not supported by the text",
        "unsupported-claim": "statement without support",
        "self-contradiction": "contradicts itself",
        "oversimplification": "oversimplified",
        "misused-quotation": "quotation misused",
        "broken-citation": "citation cannot be followed",
        "missing-source": "no source given",
        "missing-provenance": "no provenance",
        "missing-date": "no date",
        "outdated": "out of date",
        "doubtful-upstream": "doubtful original source",
    },
)
RELATIONS: dict[str, str] = {
    "contradicts": "contradicts",
    "supersedes": "superseded_by",
    "corroborates": "corroborates",
    "undercuts": "undercut_by",
}
"""Each with its name as the other claim has it."""
RELATION_WORDS: dict[str, str] = {
    "superseded_by": "superseded by",
    "contradicts": "contradicted by",
    "undercut_by": "undercut by",
    "corroborates": "corroborated by",
    "supersedes": "supersedes",
    "undercuts": "undercuts",
}
"""What a claim is to the others that it is shown with."""
REPORTED_AGAIN = "also reported elsewhere"
"""Instead of "corroborated by", where the other claim is of the same speaker."""
DISPUTE_KINDS: dict[str, str] = {
    "fact": "dispute over facts",
    "date": "dispute over dates",
    "figure": "dispute over a figure",
    "attribution": "dispute over who is responsible",
    "interpretation": "dispute over interpretation",
    "forecast": "competing forecasts",
    "internal": "dispute within one source",
}
