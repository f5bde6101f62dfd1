"""Finding quotes in texts."""

import time

import pytest

from briefgen.quotes.matching import Match, find_quote


def _words(quote: str, text: str, *, is_far: bool = False) -> list[str]:
    return [text[start:end] for start, end in find_quote(quote, text, is_far=is_far).spans]


def test_same_words_are_exact() -> None:
    assert find_quote("two rivers meet", "Where two rivers meet, a town grew.") == Match(
        "found", "exact", ((6, 21),), 1
    )


FOLDED = {
    "quotation marks": ('He said: "we don\'t know"', "Then He said: “we don’t know” and left."),
    "guillemets": ('dit "nous savons"', "Il dit «nous savons»."),
    "spaces that do not break": ("1 000 people", "Some 1\u00a0000 people came."),
    "a line break in the text": ("came and went", "They came\r\nand went."),
    "a line break in the quote": ("came\n  and went", "They came and went."),
    "dashes": ("we - all of us - agree", "Yes, we – all of us — agree."),
    "a minus sign": ("fell to -5 degrees", "It fell to −5 degrees."),
    "hyphens that do not break": ("well-known", "a well\u2011known man"),
    "ligatures": ("office on fire", "The oﬃce on ﬁre."),
    "a decomposed letter": ("l'été à Zürich", "C’est l’e\u0301te\u0301 a\u0300 Zu\u0308rich."),
    "a composed letter": ("l'e\u0301te\u0301", "l'été"),
    "soft hyphens": ("negotiations", "nego\u00adtia\u00adtions"),
    "soft hyphens in the quote": ("nego\u00adtiations", "The negotiations"),
    "zero-width spaces": ("example.org/page", "example.org/\u200bpage"),
    "a word broken at a line end": ("the negotiations failed", "So the nego-\ntiations failed."),
    "a word broken at a soft hyphen": ("the negotiations failed", "So the nego\u00ad\ntiations failed."),
    "a word broken in the quote": ("the nego-\ntiations failed", "So the negotiations failed."),
    "a hyphen of its own at a line end": ("the cease-fire held", "So the cease-\nfire held."),
    "both kinds of hyphen at line ends": (
        "the cease-fire negotiations",
        "So the cease-\nfire nego-\r\ntiations began.",
    ),
    "a hyphen before another word": ("pre- and post-war years", "In the pre-\nand post-war years."),
    "a figure after a broken line": ("COVID-19 cases", "COVID-\n19 cases"),
    "the Ukrainian apostrophe": ("пам'ять", "Наша памʼять жива"),
}


@pytest.mark.parametrize("name", FOLDED)
def test_typographic_differences_are_normalised(name: str) -> None:
    quote, text = FOLDED[name]
    match = find_quote(quote, text)
    assert (match.result, match.how, match.places) == ("found", "normalised", 1)


ABSENT = {
    "another form of a word": ("know yet", "We knew yet."),
    "another case": ("the deal", "The deal"),
    "a Greek letter spelt out": ("alpha decay", "The α decay"),
    "an acronym for a name": ("WHO says", "The World Health Organization says"),
    "sharp s spelt out": ("Strasse", "Straße"),
    "sharp s in capitals": ("STRAẞE", "STRAßE"),
    "dotless i": ("kirik", "kırık"),
    "accents": ("resume", "résumé"),
    "full width": ("ABC", "\uff21\uff22\uff23"),
    "a superscript": ("10-3 m", "10⁻³ m"),
    "a prime": ("5' tall", "5′ tall"),
    "single for double marks": ("'deal'", '"deal"'),
    "another mark": ("yes, we can", "yes we can"),
    "a part of a word": ("negotiable", "unnegotiable"),
    "the end of a compound": ("negotiable", "This is non-negotiable."),
    "the beginning of a contraction": ("he can", "he can't go"),
    "the beginning of a figure": ("it cost 1", "it cost 1,000"),
    "the end of a figure": ("000 people", "1,000 people"),
    "a figure with decimals": ("5 per cent", "2.5 per cent"),
    "the end of a spaced figure": ("500 people", "24 500 people"),
    "the beginning of a spaced figure": ("about 24", "about 24\u00a0500 people"),
    "the end of a range": ("5 people", "3–5 people"),
    "a figure without its sign": ("5 degrees", "It was -5 degrees."),
    "a figure without its typographic sign": ("5 degrees", "It was −5 degrees."),
    "figures with other separators": ("1,000", "1 000"),
    "figures without separators": ("1000", "1 000"),
    "a date with another year": ("12 May 2024", "12 May 2023"),
    "a letter without its accent": ("Cafe", "Cafe\u0301 Royal"),
    "an accent without its letter": ("\u0301 Royal", "Cafe\u0301 Royal"),
    "the end of a ligature": ("ne words", "ﬁne words"),
    "the inside of a ligature": ("i x", "aﬁ x"),
    "the end of a broken word": ("negotiable terms", "These are non-\nnegotiable terms."),
    "a figure joined over a line end": ("202425", "2024-\n25"),
    "a direction mark": ("a b", "a\u202e b"),
    "a joiner that makes another word": ("میخواهم", "می‌خواهم"),
    "no words": ("…", "Wait … what"),
    "only marks": ("— ,", "a — , b"),
    "nothing": ("", "Wait"),
    "spaces": (" \u00a0", "a \u00a0 b"),
}


@pytest.mark.parametrize("name", ABSENT)
def test_other_differences_make_a_quote_absent(name: str) -> None:
    assert find_quote(*ABSENT[name]) == Match("absent")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("继续举行", "会谈将继续举行。"),
        ("การเจรจา", "กล่าวว่าการเจรจาล้มเหลว"),
        ("続くと", "協議が続くと述べた"),
        ("5月", "今年5月に"),
    ],
)
def test_scripts_without_spaces_have_no_word_edges(quote: str, text: str) -> None:
    assert _words(quote, text) == [quote]


def test_offsets_count_characters_beyond_the_basic_plane_once() -> None:
    text = "😀 𝒳 “yes” 😀 no"
    assert _words('"yes" 😀', text) == ["“yes” 😀"]


def test_edges_of_a_place_leave_out_what_is_invisible_beside_it() -> None:
    assert _words("the “deal”", "x \u00adthe\u00ad \u201cde\u00adal\u201d\u200b y") == ["the\u00ad “de\u00adal”"]


def test_two_places_are_ambiguous_without_context() -> None:
    text = "First the deal failed. Then, “the deal held.”"
    assert find_quote("the deal", text) == Match("ambiguous", "exact", ((6, 14),), 2)
    assert find_quote("the deal", text, before="Then").spans == ((30, 38),)
    assert find_quote("the deal", text, after="failed").spans == ((6, 14),)
    assert find_quote("the deal", text, before="First", after="held").result == "ambiguous"
    assert find_quote("the deal", text, before="irst").result == "ambiguous"


def test_context_may_differ_in_typography() -> None:
    text = "He’s for the deal. She’s against the deal."
    assert find_quote("the deal", text, before="She's against").spans == ((33, 41),)


def test_words_without_their_context_are_ambiguous_and_have_no_place() -> None:
    match = find_quote("the deal", "First the deal failed.", before="Later")
    assert (match.result, match.places) == ("ambiguous", 0)


def test_exact_words_come_before_normalised_ones() -> None:
    match = find_quote("don't go", "We don’t go. They don't go.")
    assert (match.result, match.how, match.spans) == ("found", "exact", ((18, 26),))


def test_parts_around_an_ellipsis_are_in_order_in_one_paragraph() -> None:
    text = "We came, and we saw, and we won.\nThey left."
    assert _words("We came … we won", text) == ["We came", "we won"]
    assert find_quote("We came [...] we won", text).how == "exact"
    assert find_quote("we won … We came", text).result == "absent"
    assert find_quote("we won […] They left", text).result == "absent"
    assert find_quote("we won (…) They left", text, is_far=True).result == "found"


@pytest.mark.parametrize("mark", ["…", " … ", "...", " . . . ", "[...]", " […] ", " (…) ", "....", " […] … "])
def test_ellipses_are_written_in_many_ways(mark: str) -> None:
    assert _words(f"We came{mark}we won", "We came, and we saw, and we won.") == ["We came", "we won"]


def test_an_ellipsis_of_the_source_is_taken_literally_first() -> None:
    assert _words("we… go", "So we… go. And we must go.") == ["we… go"]


def test_an_ellipsis_may_be_at_either_end() -> None:
    assert _words("… and we saw …", "We came, and we saw, and we won.") == ["and we saw"]


def test_parts_are_as_near_as_they_can_be() -> None:
    text = "We came early. We came late and said that we won."
    assert find_quote("We came … we won", text).spans == ((15, 22), (42, 48))


def test_parts_at_two_places_are_ambiguous() -> None:
    text = "We came and then we won.\nWe came and so we won."
    assert find_quote("We came … we won", text).result == "ambiguous"


def test_a_part_of_a_word_is_no_part() -> None:
    assert find_quote("un…able", "unable").result == "absent"
    assert find_quote("We cam … we won", "We came, and we won.").result == "absent"


HIDDEN_NEGATIONS = {
    "in the first and the last sentence": ("He is … a thief", "He is a good man. He is not a thief.", "not"),
    "in the same sentence": ("I want … want war", "I want peace and I do not want war.", "not"),
    "in the last sentence": ("She is … in town", "She is here. He is no longer in town.", "no"),
    "in the first sentence": ("She is … he left", "She is never here. Then he left.", "never"),
    "before a comma": ("The minister did … lie to", "The minister did not, by the way, lie to them.", "not"),
    "before a parenthesis": ("They have … paid the bill", "They have not (as he says) paid the bill.", "not"),
    "before more than three words": ("He would … accept it", "He would not for a moment accept it.", "not"),
    "before a dash": ("We will … sign it", "We will not – of course – ever sign it", "not"),
    "in a contraction": ("He said … be back", "He said that it won\u2019t be back", "won\u2019t"),
    "over a line end": ("They go … the town", "They go with-\nout him and leave the town.", "with-\nout"),
    "in French": ("Ils disent … sont venus", "Ils disent que les autres ne sont venus", "ne"),
    "in Hindi": ("यह शांति … शांति है", "यह शांति और नहीं शांति है", "नहीं"),
    "in Chinese": ("我们要 … 战争", "我们要和平，不要战争", "不"),
    "before a bracket that begins": ("[All] of the men was guilty of it", "None of the men was guilty of it.", "None"),
    "before another one": ("[Almost] every man was", "Not every man was there.", "Not"),
    "before a pronoun": ("[I] doubt he was there", "No doubt he was there.", "No"),
    "farther before a bracket": (
        "[He] was guilty of it",
        "It never turned out who was guilty of it.",
        "never",
    ),
    "behind a bracket that ends": ("I agree [with all]", "I agree with nobody here.", "nobody"),
    "under a bracket": ("he did [clearly] agree", "he did not agree", "not"),
    "before a letter that is made a capital": ("[H]e lied", "It is not true that he lied.", "not"),
    "before a capital behind an ellipsis": ("She left … [H]e lied", "She left. It is not true that he lied.", "not"),
    "before a letter behind what says that it is false": ("[H]e lied", "It is false that he lied.", "false"),
    "between what says so and the words": ("It is … he lied", "It is untrue that he lied.", "untrue"),
    "in what is wrong to say": ("[H]e lied", "It is wrong to say he lied.", "wrong"),
    "in a denial": ("John Smith … they lied", "John Smith denied that they lied.", "denied"),
    "in an adverb": ("The press … that he lied", "The press wrongly said that he lied.", "wrongly"),
    "before a bracket behind a denial": ("[He] lied", "John Smith denies that he lied.", "denies"),
    "in a denial over the end of a line": ("[H]e lied", "It is false\nthat he lied.", "false"),
    "in a denial in German": ("Es ist … er log", "Es ist falsch, dass er log.", "falsch"),
    "in a denial in Ukrainian": ("Це вже … він збрехав", "Це вже брехня, що він збрехав.", "брехня"),
    "in a denial in French": ("Il est … il a menti", "Il est faux de dire il a menti.", "faux"),
    "before an abbreviation": ("[H]e agreed", "I do not think that Mr. Smith says that he agreed.", "not"),
    "before an initial": ("[H]e agreed", "I do not think that J. D. Vance or the U.S. Army say that he agreed.", "not"),
    "before a day": ("[S]ie kamen", "Ich glaube nicht, dass am 3. Oktober alle da waren und sie kamen.", "nicht"),
    "before dots in a sentence": ("[H]e lied", "It is not so that… he lied.", "not"),
    "before the end of a line": ("[H]e lied", "It is not true that\nhe lied.", "not"),
    "before the end of a line that is as long as others": (
        "[But] Smith agreed",
        "We do not say, and nor do others in that town, that\nSmith agreed to it, or that another man there did so,",
        "not",
    ),
}


@pytest.mark.parametrize("name", HIDDEN_NEGATIONS)
def test_ellipses_and_brackets_hide_no_negation(name: str) -> None:
    quote, text, negation = HIDDEN_NEGATIONS[name]
    assert find_quote(quote, text) == Match("absent", left_out=negation)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("[I do not want] peace and I", "I want peace and I do not want war."),
        ("The men are guilty of [nothing]", "The men are guilty of it."),
        ("… guilty of [nothing]", "The men are guilty of it."),
        ("… guilty of it [not]", "The men are guilty of it."),
        ("I have [no] praise for him", "I have nothing but praise for him."),
        ("We like … [do not] want peace", "We like war and we want peace."),
        ("We like [do not] … want peace", "We like war and we want peace."),
        ("he [did not] agree", "he didn't agree"),
        ("They say [it is false that] he lied", "They say he lied"),
    ],
)
def test_a_bracket_puts_in_no_negation(quote: str, text: str) -> None:
    assert find_quote(quote, text) == Match("absent")
    assert find_quote(quote, quote).how == "exact"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("[100]% of 1,000 people", "10% of 1,000 people"),
        ("spent [€]10 million", "spent $10 million"),
        ("spent [€] ten", "spent ten"),
        ("got [up to] 20%", "He got 20%"),
        ("20% [more] than we", "20% than we"),
        ("spent [US$3] million", "spent 3 million"),
        ("[two] people died", "There 20 people died."),
        ("We spent [a little]", "We spent $3 million."),
        ("We spent all … [some] million", "We spent all of it, and 3 million"),
        ("[two] people died", "People died."),
        ("all [Three] left", "all left"),
        ("[drei] Menschen starben", "Menschen starben"),
        ("wir [drei Millionen] Menschen", "wir Menschen"),
        ("усі [мільйон] людей", "усі людей"),
        ("more than two [thousand] men", "more than two men"),
        ("[up to] two men", "two men"),
        ("[almost] п\u2019ять років", "п\u2019ять років"),
        ("共[三]人死亡", "共人死亡"),
        ("三[多]人死亡", "三人死亡"),
        ("มี [สาม] คน", "มี คน"),
    ],
)
def test_a_bracket_is_neither_a_figure_nor_beside_one(quote: str, text: str) -> None:
    assert find_quote(quote, text).result == "absent"
    assert find_quote(quote, quote).how == "exact"


def test_whole_sentences_may_be_left_out_with_their_negations() -> None:
    assert find_quote("We came … we won", "We came. They did not. Then we won.").result == "found"
    assert find_quote("We came … we won", "We came; never mind! Then we won.").result == "found"
    assert find_quote("[He] left [town]", "It is not so. He left. No more.").result == "found"
    assert find_quote("We will … sign it", "We will, of course and as we always said, sign it").result == "found"


def test_single_words_are_no_parts_beside_an_ellipsis() -> None:
    text = "He killed the old plan and saved the money."
    assert find_quote("He … killed … the … plan … money", text).result == "absent"
    assert find_quote("He killed … money", text).result == "absent"
    assert find_quote("… saved the money", text).result == "found"
    assert find_quote("会谈 … 举行", "会谈将继续举行。").result == "found"


BRACKETED = {
    "between words": ("he [Smith] agreed", "So he agreed to go."),
    "before a mark": ("he [Smith], too, agreed", "So he, too, agreed."),
    "at the beginning of a sentence": ("[Today] [h]e agreed", "They met. He agreed to go."),
    "at the beginning of the text": ("[Today] he agreed", "he agreed to go."),
    "at the end of a sentence": ("he agreed [to it]", "So he agreed. They went."),
    "at the beginning of words in quotation marks": ("[We think] that all is well", "He said “that all is well”."),
    "at the end of words in quotation marks": (
        "that all [in town] is well [now]",
        "“That or that all is well,” he said",
    ),
    "in French quotation marks": ("[Nous] savons tout [cela]", "Il dit : « savons tout » et part."),
    "in German quotation marks": ("[Wir] wissen alles [davon]", "Er sagt »wissen alles« und geht."),
    "in place of a pronoun": ("then [Smith] agreed", "And then he agreed to go."),
    "in place of a pronoun before the words": ("[The mayor] agreed to go", "And then she agreed to go."),
    "in place of a pronoun behind the words": ("Then I told [Smith]", "Then I told him that all was well."),
    "in place of a possessive": ("with [Atlantis'] army", "He came with our army."),
    "in place of a pronoun in Russian": ("[Смит] согласился", "Тогда он согласился."),
    "in place of a pronoun in Chinese": ("[史密斯]同意了", "后来他同意了。"),
    "behind an ellipsis": ("We came … [and then] They left", "We came. We saw. They left."),
    "before an ellipsis": ("We came [home] … they left", "We came. We saw that they left."),
    "beside another one": ("[Smith] agreed to it [now] [...] glad to go", "So he agreed to it. He was glad to go."),
    "for an error of the source": ("they was [sic] robbed in [sic!]", "So they was robbed in Town."),
}


@pytest.mark.parametrize("name", BRACKETED)
def test_a_bracket_adds_to_the_words_or_takes_the_place_of_a_pronoun(name: str) -> None:
    match = find_quote(*BRACKETED[name])
    assert (match.result, match.how) == ("found", "bracketed")


def test_a_bracket_of_the_source_is_taken_literally_first() -> None:
    assert find_quote("we won [applause] and left", "So we won [applause] and left.").how == "exact"


REPLACED = {
    "an opposite": ("It is [true] that he went", "It is false that he went.", "false"),
    "an opposite at the end": ("It is [true]", "It is false that he went.", "false"),
    "an opposite at the beginning": ("[The true story] that he went", "The lie that he went.", "lie"),
    "an opposite behind an ellipsis": ("It is … [true] that he went", "It is, we know, false that he went.", "false"),
    "an opposite before an ellipsis": ("It is [true] … he went", "It is false that he went.", "false"),
    "an opposite between ellipses": ("It is … [true] … that he went", "It is, we know, false that he went.", "false"),
    "an opposite behind a last ellipsis": ("It is … [true]", "It is false.", "false."),
    "another name": ("then [Jones] agreed", "And then Smith agreed to go.", "Smith"),
    "an abbreviation that looks like a pronoun": ("then [China] agreed", "And then US agreed to go.", "US"),
    "an abbreviation before the words": ("[China] agreed to it", "And then US agreed to it.", "US"),
    "the rest of a contraction": ("[He] agreed to it", "And it’s agreed to it.", "it’s"),
    "two words": ("then [Jones] agreed", "And then he also agreed to go.", "he also"),
    "a mark": ("then [Jones] agreed", "And then, agreed to go.", ","),
    "an opposite in Chinese": ("这是[真的]消息", "这是假的消息。", "假的"),
    "the words before an opening mark": ("[All] is well", "It was said of “wells” that none is well", "none"),
}


@pytest.mark.parametrize("name", REPLACED)
def test_a_bracket_takes_the_place_of_no_other_word(name: str) -> None:
    quote, text, replaced = REPLACED[name]
    assert find_quote(quote, text) == Match("absent", left_out=replaced)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("he [Smith] agreed", "he with four other ministers agreed"),
        ("he [Smith] agreed", "he left. Then they agreed"),
        ("he did [not] agree", "he did agree"),
        ("he did [clearly] agree", "he did not agree"),
        ("he [would] agree", "he wouldn't agree"),
        ("spent [4] million", "spent 3 million"),
        ("spent [some] million", "spent 3 million"),
        ("walk[ed] home", "walked home"),
        ("the government[s] agree", "the government agree"),
        ("[un]happy people", "happy people"),
        ("the[] deal", "the deal"),
        ("[h]e went", "she went"),
        ("[S]he went", "he went"),
    ],
)
def test_a_bracket_changes_no_word_negation_or_figure(quote: str, text: str) -> None:
    assert find_quote(quote, text).result == "absent"


@pytest.mark.parametrize(("quote", "text"), [("[W]e go", "and we go"), ("[w]e go", "We go"), ("[i]nsan", "İnsan")])
def test_a_bracket_changes_the_case_of_a_first_letter(quote: str, text: str) -> None:
    match = find_quote(quote, text)
    assert (match.result, match.how) == ("found", "normalised")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("aaa", "a" * 200_000),
        ("a … b", "b " + "a " * 100_000),
        (" … ".join("a" * 100) + " … b", "b " + "a " * 100_000),
        (" [x] ".join("a" * 20) + " [x] b", "b " + "a " * 100_000),
        ("a a … b b", "b b " + "a " * 100_000),
        (" … ".join(["a a"] * 100) + " … b b", "b b " + "a " * 100_000),
        ("a a … zz zz", "a a not " * 30_000 + "zz zz"),
        ("a a … zz zz", "a a. " * 30_000 + "not zz zz. " * 10_000),
        ("a a … zz zz", "a a.\r\n" * 30_000 + "not zz zz. " * 10_000),
        ("[x] a a … zz zz [x]", "not a a not " * 30_000 + "zz zz not"),
        ("[x] a [x]", "“not” a " * 30_000),
        ("a-a", "a-" * 100_000),
        ("aa-a", "a-\n" * 30_000),
        ("a b", "a" + "\u0301" * 200_000),
        ("a … b", "b\n" + "a\n" * 15_000),
        ("a … zz", "a not " * 30_000 + "zz"),
        ('"a" b', "“a” " * 30_000),
        ("ab " * 20_000 + "x", "ab " * 130_000),
    ],
)
def test_hostile_texts_take_no_more_than_linear_time(quote: str, text: str) -> None:
    before = time.process_time()
    find_quote(quote, text)
    assert time.process_time() - before < 20
