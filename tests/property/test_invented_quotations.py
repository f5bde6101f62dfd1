"""No invented quotation gets past the tools of an assistant, or past a build: a thousand are planted in each."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support.assistant import COPY, SOURCE, call, complaints, draft, make_desk, snapshot
from support.project import codes
from support.strategies import front_matter

BATCH = 20
WORDS = COPY.replace("“", "").replace("”", "").replace(",", "").split()
TURNS = ("not", "never", "no", "hardly", "all", "13", "2027", "100", "closed", "hidden", "the", "мир", "a")
SLOTS = ("quote", "citation", "marks", "says", "block")


def _without_marks(text: str) -> str:
    """Letters, figures and single spaces: what is equal in this form may be found, and is not counted as invented."""
    return " ".join(re.sub(r"[^\w\s]", " ", text).split()).casefold()


@st.composite
def invented(draw: st.DrawFn) -> str:
    """True words of the copy, of which some are changed until the copy has them nowhere."""
    start = draw(st.integers(0, len(WORDS) - 5))
    words = WORDS[start : start + draw(st.integers(4, 14))]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words) - 1))
        word = words[at]
        match draw(st.sampled_from(("letter", "swap", "drop", "turn", "insert", "figure", "order", "join"))):
            case "letter":
                letter = draw(st.sampled_from("aeiouxz0"))
                place = draw(st.integers(0, len(word) - 1))
                words[at] = word[:place] + letter + word[place + 1 :]
            case "swap":
                words[at], words[-1] = words[-1], words[at]
            case "drop" if len(words) > 3:
                del words[at]
            case "turn":
                words[at] = draw(st.sampled_from(TURNS))
            case "insert":
                words.insert(at, draw(st.sampled_from(TURNS)))
            case "figure":
                words[at] = str(draw(st.integers(0, 3000)))
            case "order":
                words = [*words[at:], *words[:at]]
            case _:
                words[at : at + 2] = ["".join(words[at : at + 2])]
    if _without_marks(" ".join(words)) in _without_marks(COPY):
        words.insert(len(words) // 2, f"invented{draw(st.integers(0, 99))}")
    return " ".join(words)


batches = st.lists(invented(), min_size=BATCH, max_size=BATCH, unique=True)
a_thousand = settings(
    max_examples=1000 // BATCH,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@a_thousand
@given(batches, st.lists(st.sampled_from(SLOTS), min_size=BATCH, max_size=BATCH))
def test_no_tool_accepts_an_invented_quotation(quotes: list[str], slots: list[str]) -> None:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        before = snapshot(desk)
        for quote in quotes[:2]:
            assert call(desk, "check_quotation", id="report", words=quote).encode()["result"] == "not found"
        claims, paragraphs = [], ["Words of our own."]
        for number, (quote, slot) in enumerate(zip(quotes, slots, strict=True)):
            claim: dict[str, Any] = {"id": f"c{number}", "actor": "mayor", "says": "Something."}
            if slot == "quote":
                claims.append({**claim, "quote": quote})
            elif slot == "says":
                claims.append({**claim, "says": f"She said “{quote}”."})
            else:
                forms = {
                    "citation": f'See [@letter, "{quote}"].',
                    "marks": f"She said “{quote}”.",
                    "block": f"> {quote}",
                }
                paragraphs.append(forms[slot])

        answer = draft(desk, claims=claims, text="\n\n".join(paragraphs))

        assert [code for code, _ in complaints(answer)] == ["absent-quote"] * BATCH, answer.text
        assert snapshot(desk) == before


@a_thousand
@given(batches)
def test_no_build_publishes_an_invented_quotation_of_which_there_is_a_copy(quotes: list[str]) -> None:
    claims = [
        {"id": f"c{number}", "actor": "mayor", "says": "Something.", "quote": quote}
        for number, quote in enumerate(quotes[::2])
    ]
    text = "\n\n".join(f'See [@letter, "{quote}"].' for quote in quotes[1::2])
    brief = {"title": "A letter", "date": "2025-11-05", "source": SOURCE, "claims": claims}
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder)).write({"content/briefs/letter.md": front_matter(brief, text)})
        report = desk.build()
        assert not report.ok
        assert codes(report).count("absent-quote") == BATCH
        assert not (desk.root / "site").exists()
