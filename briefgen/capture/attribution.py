"""Whether a sentence says that a named actor spoke the words that it quotes, and which quotations are no speech."""

import re
from collections.abc import Iterable, Iterator

from briefgen.kernel.mentions import Mention

_Span = tuple[int, int]  # begin and end of a quotation with its marks

_SPEECH = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bis )(?<!\bare )\b(?:"
    # Of English: the forms with which a name is the subject.
    r"sa(?:id|ys?|ying)|t(?:old|ells?|elling)|ask(?:s|ed)|add(?:s|ed)|wr(?:ote|ites)|call(?:s|ed)|stat(?:es|ed)"
    r"|declar(?:es|ed)|announc(?:es|ed)|warn(?:s|ed)|insist(?:s|ed)|repl(?:ies|ied)|answer(?:s|ed)|argu(?:es|ed)"
    r"|claim(?:s|ed)|not(?:es|ed)|expla(?:ins?|ined)|remark(?:s|ed)|stress(?:es|ed)|emphasi[sz](?:es|ed)"
    r"|descri(?:bes|bed)|comment(?:s|ed)|conclud(?:es|ed)|acknowledg(?:es|ed)|admit(?:s|ted)|den(?:ies|ied)"
    r"|promis(?:es|ed)|vow(?:s|ed)|demand(?:s|ed)|urg(?:es|ed)|suggest(?:s|ed)|confirm(?:s|ed)|repeat(?:s|ed)"
    r"|tweet(?:s|ed)|post(?:s|ed)|quot(?:es|ed)|spoke|speaks|according to"
    # Of German, French, Spanish, Italian, Polish, Swedish.
    r"|sagte[n]?|erklärte|schrieb|nannte|betonte|warnte|a dit|dit|affirme|a affirmé|a déclaré|déclare|écrit|selon"
    r"|dijo|afirmó|declaró|según|ha detto|disse|dichiarato|secondo|powiedzia\w+|oświadczy\w+|napisa\w+|sade|säger"
    # Of Ukrainian and Russian.
    r"|сказа\w+|заяви\w+|повідоми\w+|наголоси\w+|написа\w+|пише|каже|дода\w+|сообщи\w+|пишет|говорит|добави\w+"
    r")\b|述べ|語っ|話し|言っ|表示|说|說|称|稱",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’](?:s\b)?")
_WIDTH = 40  # characters after a name, as in “…,” Ada Miller of the town council said
_JUST_BEFORE = 30  # characters between a name and a colon, as in Ada Miller was clear: “…”
_NUMBER = re.compile(
    r"(?:^|\s)(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]?|[¹²³⁰-⁹]+)\s*(?:[^\W\d_][^“”\"«»\d]{0,80},\s*)?$"
)
_OF_A_REFERENCE = re.compile(r"https?://|\bwww\.|\bdoi\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_LONGEST_REFERENCE = 200  # characters behind a title
_LONGEST_HEADING = 30
_REFERENCES = re.compile(
    r"(?:references|(?:foot|end)?notes|bibliography|works cited|literatur|anmerkungen|bibliographie|notas|referencias"
    r"|przypisy|примітки|джерела|примечания|источники)\W*",
    re.IGNORECASE,
)
_LINK_BOX = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|related(?: articles?| stories|(?=:|$))|more on this|lesen sie auch"
    r"|mehr zum thema|(?:à )?lire aussi|lea también|leggi anche|czytaj (?:też|także|również)|läs också"
    r"|чита(?:йте|ть) (?:также|також|ещё)|по теме|за темою)\b\W*",
    re.IGNORECASE,
)


def is_attributed(paragraph: str, span: _Span, speaker: Mention, sentence_end: int) -> bool:
    """Return whether a speech verb, or a colon, joins the name of a speaker to the words of the same sentence."""
    start, end = span
    if _POSSESSIVE.match(paragraph, speaker.end):
        return False
    if speaker.end <= start:
        between = paragraph[speaker.end : start]
        has_colon = between.rstrip().endswith((":", "：")) and len(between) <= _JUST_BEFORE
        return has_colon or _SPEECH.search(between) is not None
    after = paragraph[speaker.end : min(sentence_end, speaker.end + _WIDTH)]
    return any(map(_SPEECH.search, (paragraph[end : speaker.start], after)))


def is_reference(paragraph: str, span: _Span) -> bool:
    """Return whether a quotation is the title in a numbered reference, such as a footnote."""
    start, end = span
    if not _NUMBER.search(paragraph[max(0, start - 100) : start]):
        return False
    found = _OF_A_REFERENCE.search(paragraph, end, end + _LONGEST_REFERENCE)
    return found is not None and not _SPEECH.search(paragraph, end, found.start())


def leave_out_links(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs of a text without boxes that lead to other articles, and without a list of references."""
    is_after_label = False
    for paragraph in paragraphs:
        if len(paragraph) <= _LONGEST_HEADING and _REFERENCES.fullmatch(paragraph):
            return
        label = _LINK_BOX.match(paragraph)
        if label is None and not is_after_label:
            yield paragraph
        is_after_label = label is not None and label.end() == len(paragraph)
