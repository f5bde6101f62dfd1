"""Links to quoted words: what Chromium highlights is what was quoted, character for character."""

import io
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from briefgen.quotes.fragments import LONGEST, fragment_of_words, text_fragment
from briefgen.quotes.matching import find_quote
from support.browser import NewPage
from support.server import ServeFolder

PAGE = """<!doctype html><meta charset="utf-8"><title>Article</title>
<style>
body { background: #fff; color: #000; font: 16px/2 sans-serif; }
::target-text { background: #f0f; color: #f0f; }
</style>
"""
# The place of each character that takes some room, by its offset in the text: paragraphs divided by line breaks.
CHARACTERS = """() => {
    const found = [];
    let at = 0;
    for (const paragraph of document.querySelectorAll("p")) {
        const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            let offset = 0;
            for (const character of node.data) {
                const range = new Range();
                range.setStart(node, offset);
                offset += character.length;
                range.setEnd(node, offset);
                const box = range.getBoundingClientRect();
                if (character.trim() && box.width >= 2)
                    found.push([at, box.x + box.width / 2, box.y + box.height / 2]);
                at += 1;
            }
        }
        at += 1;
    }
    return found;
}"""


class Case(NamedTuple):
    """A quote in an article, and what makes it a case of its own; `before` decides where the quote is ambiguous."""

    text: str
    quote: str
    before: str = ""
    is_default: bool = False  # whether the link can be made of the quote alone


LONG = " ".join(f"Clause {number} binds the parties to the treaty." for number in range(1, 12))
CASES = {
    "plain words": Case("The river rose, and the mill by the bridge stood still.", "the mill by the bridge", "", True),
    "commas": Case("She said: yes, of course, we will come, all of us.", "yes, of course, we will come", "", True),
    "hyphens": Case(
        "It was a well-known, long-running quarrel - so they say.", "a well-known, long-running quarrel - so", "", True
    ),
    "an ampersand": Case(
        "The board of Smith & Sons met; R&D was closed.", "of Smith & Sons met; R&D was closed", "", True
    ),
    "characters of addresses": Case(
        "It is 100% sure? Yes: #1 = a+b / c, it says.", "100% sure? Yes: #1 = a+b / c", "", True
    ),
    "curly quotes": Case("He said “we don’t know” and “perhaps” and left.", "said “we don’t know” and", "", True),
    "straight quotes in the quote": Case(
        "He said “we don’t know” and “perhaps” and left.", 'said "we don\'t know" and'
    ),
    "guillemets": Case(
        "Il a dit « nous ne savons pas » et rien d’autre.", "dit « nous ne savons pas » et rien", "", True
    ),
    "dashes": Case(
        "The talks – long ones — ended in 1990–95 or so.", "talks – long ones — ended in 1990–95 or", "", True
    ),
    "spaces that do not break": Case(
        "They spent 1\u00a0000\u202f000 roubles on the old bridge.", "spent 1 000 000 roubles on the old"
    ),
    "accents": Case("À la fin, l’été dernier, naïve et fière, elle dîna.", "l’été dernier, naïve et fière", "", True),
    "accents that make another word": Case(
        "I know the resume of it all. I wrote the résumé of it all.", "the résumé of it"
    ),
    "soft hyphens": Case(
        "The nego\u00adtia\u00adtions were held in the old town hall.", "The negotiations were held in"
    ),
    "decomposed letters": Case(
        "Le cafe\u0301 de la place e\u0301tait ferme\u0301 hier soir.", "café de la place était fermé"
    ),
    "Cyrillic": Case(
        "Президент сказал, что «мир — это работа», и уехал домой.", "«мир — это работа», и уехал", "", True
    ),
    "Arabic": Case(
        "قال الوزير إن المحادثات، التي بدأت أمس، ستستمر في القاهرة.", "المحادثات، التي بدأت أمس، ستستمر", "", True
    ),
    "Hebrew": Case("השר אמר כי השיחות יימשכו מחר בבוקר בירושלים.", "כי השיחות יימשכו מחר", "", True),
    "Hindi": Case("मंत्री ने कहा कि बातचीत कल फिर से शुरू होगी।", "बातचीत कल फिर से शुरू", "", True),
    "Chinese": Case("部长说，会谈将于明天在北京继续举行，双方都表示欢迎。", "会谈将于明天在北京继续举行", "", True),
    "Japanese": Case(
        "大臣は、協議が明日ジュネーブで続くと述べた。記者団に語った。", "協議が明日ジュネーブで続く", "", True
    ),
    "Japanese from a syllable on": Case("大臣は、協議が明日ジュネーブで続くと述べた。", "ジュネーブで続くと述べた"),
    "Khmer": Case("លោករដ្ឋមន្ត្រីបាននិយាយថាកិច្ចចរចានឹងបន្តនៅថ្ងៃស្អែក", "កិច្ចចរចានឹងបន្ត"),
    "Korean": Case("장관은 회담이 내일 제네바에서 계속될 것이라고 말했다.", "회담이 내일 제네바에서 계속될", "", True),
    "Thai": Case("รัฐมนตรีกล่าวว่าการเจรจาจะดำเนินต่อไปในวันพรุ่งนี้", "การเจรจาจะดำเนินต่อไป"),
    "astral characters": Case(
        "So 𝒳 it goes 𝔸 and so on 𝔸 they say, more or less.", "goes 𝔸 and so on 𝔸 they", "", True
    ),
    "parts around an ellipsis": Case(
        "The first of the two parties promised, in the end and after long talks, to leave the city by the spring.",
        "parties promised … to leave the city by",
    ),
    "short parts": Case(
        "We agreed on water and on land. They left. Later we paid for water.", "We agreed … on land … paid for water"
    ),
    "a bracket": Case(
        "The old minister said he would sign the treaty of the two cities.", "said [Smith] would sign the treaty"
    ),
    "the case of a letter": Case("And so we will sign the treaty of the two cities.", "[W]e will sign the treaty of"),
    "few words": Case("The deal held for a while.", "the deal held".replace("the", "The")),
    "an ambiguous place": Case(
        "First the deal failed at once. Then the deal held for years. At last the deal ended.", "the deal", "Then"
    ),
    "another place in capitals": Case(
        "THE DEAL IS NEAR AT LAST\nWe hear that the deal is near at last, and so on.", "the deal is near at last"
    ),
    "a title with the same words": Case(
        "The bridge is open\nToday the bridge is open again.\nThe bridge is open, she said.", "the bridge is open"
    ),
    "a part of a longer word elsewhere": Case(
        "The unlawful act of the state. The lawful act of the state.", "lawful act of the state"
    ),
    "a whole paragraph": Case("One.\nWe agree to all of it.\nThree.", "We agree to all of it.", "", True),
    "two paragraphs": Case(
        "He began.\nWe shall not leave this place today.\nWe shall stay here, all of us.\nSo he ended.",
        "leave this place today. We shall stay here",
    ),
    "three paragraphs": Case(
        "Zero.\nOne is the first.\nTwo is next.\nThree is last, they say.", "is the first. Two is next. Three is"
    ),
    "short ends of paragraphs": Case("Zero day. Yes.\nNo.\nYes, we are. Zero.", "Yes. No. Yes"),
    "a long quote": Case(
        f"Before. We found that: {LONG} So they agreed in the end. Behind.",
        f"We found that: {LONG} So they agreed in the end.",
        "",
        True,
    ),
    "a long quote of equal sentences": Case(f"Before. {LONG} Behind.", LONG),
    "ligatures": Case(
        "The o\ufb03ce of the \ufb01rst minister was on \ufb01re today.", "office of the first minister was"
    ),
    "zero-width spaces": Case(
        "The address\u200bof the old\u2060 town hall is known to all.", "hall is known to all", "", True
    ),
    "parts in different lines": Case(
        "We came by sea, all of us.\nThey left by land, most of them.", "We came by sea … left by land, most"
    ),
    "words in Arabic twice": Case("كتب الوزير رسالة قصيرة أمس. ثم كتب الوزير رسالة طويلة.", "كتب الوزير رسالة", "ثم"),
    "words in Chinese twice": Case(
        "他说协议已经达成。后来她也说协议已经达成，双方满意。", "协议已经达成", "后来她也说"
    ),
    "words in Thai twice": Case("เขากล่าวว่าการเจรจาล้มเหลว ต่อมาเธอกล่าวว่าการเจรจาสำเร็จ", "การเจรจา", "เธอกล่าวว่า"),
    "a long quote with equal ends": Case(
        f"{LONG.replace('Clause 1 ', 'Clause 0 ')} Between the two.\nThe text again: {LONG} And so on, and so on.",
        LONG.partition(". ")[2].rpartition("Clause 11")[0] + "Clause 11 binds the parties to the treaty. And so on",
    ),
    "beside punctuation": Case(
        "He asked (“who, me?”), then “me too!” was heard—all of a sudden—from behind.",
        "heard—all of a sudden—from",
        "",
        True,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_highlighted_words_are_the_quote(
    name: str, tmp_path: Path, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    case = CASES[name]
    match = find_quote(case.quote, case.text, before=case.before, is_far=True)
    assert match.result == "found"
    fragment = text_fragment(case.text, match.spans)
    assert (fragment == fragment_of_words(case.quote)) == case.is_default, fragment

    assert _highlight(case.text, fragment, tmp_path, serve_folder, new_page) == [
        case.text[slice(*span)] for span in match.spans
    ]


def _highlight(text: str, fragment: str, folder: Path, serve_folder: ServeFolder, new_page: NewPage) -> list[str]:
    """Return what is highlighted in the words of a text, each as long as it is without a gap."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    marked_up = re.sub(r"(\S+) (\S+)", r"<b>\1</b> \2", escaped)
    (folder / "index.html").write_text(
        PAGE + "".join(f"<p>{line}</p>\n" for line in marked_up.split("\n")), encoding="utf-8"
    )
    page = new_page(height=2000)
    page.goto(f"{serve_folder(folder)}#:~:{fragment}")
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    marked: list[str] = []
    is_open = False
    last = 0
    for at, x, y in page.evaluate(CHARACTERS):
        is_marked = picture.getpixel((x, y)) == (255, 0, 255)
        if is_marked and is_open:
            marked[-1] += text[last:at]
        elif is_marked:
            marked.append("")
        elif is_open:
            marked[-1] += text[last : last + 1]
        is_open, last = is_marked, at
    if is_open:
        marked[-1] += text[last:]
    return marked


def test_texts_of_the_cases_cover_ranges() -> None:
    assert len(CASES["a long quote"].quote) > LONGEST
