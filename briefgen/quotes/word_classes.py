"""Small classes of words that brackets and ellipses depend on: negations, pronouns, number words, abbreviations.

No list of such words is complete; these have the plainest ones of common languages. They leave out words that are
frequent in another language and mean something else there.
"""

import re
from collections.abc import Iterator
from heapq import merge
from unicodedata import category, numeric

from briefgen.quotes.folding import JOINT, fold

_NEGATIONS = {
    "ar": "لا ليس ليست لم لن بلا دون بدون غير",
    "cs": "ne není nikdy nikdo bez",
    "de": "nicht nichts nie niemals kein keine keinen keinem keiner keines niemand ohne weder"
    " fälschlich fälschlicherweise",
    "el": "δεν μην μη όχι ποτέ χωρίς",
    "en": "not no never nor neither none nobody nothing nowhere without cannot hardly barely scarcely"
    " falsely wrongly erroneously mistakenly",
    "es": "no ni nunca jamás nada nadie ninguno ninguna falsamente erróneamente",
    "fa": "نه نیست هرگز بدون",
    "fr": "ne pas non jamais rien aucun aucune sans ni faussement",
    "he": "לא אין אל בלי אינו אינה אינם ללא",
    "hi": "नहीं मत बिना",
    "id": "tidak bukan tanpa jangan",
    "it": "non niente nessuno nessuna senza né falsamente erroneamente",
    "ko": "안 못 않다 아니다 없다 아닌 없는",
    "nl": "niet geen nooit niemand zonder onrechte",
    "no": "ikke ikkje aldri ingen",
    "pl": "nie nigdy nikt bez błędnie",
    "pt": "não nem nunca ninguém nenhum nenhuma sem",
    "ru": "не нет ни никогда никто ничего без нельзя ложно ошибочно",
    "sr": "није нема никад nije nikad",
    "sv": "inte ingen inget aldrig utan felaktigt",
    "tr": "değil yok hayır asla",
    "uk": "не ні немає ніколи ніхто нічого без хибно помилково",
}
# They are negations before "that": from "it is false that he lied", and "he denied that he lied".
_DENIALS = {
    "de": "falsch unwahr gelogen bestritt bestritten bestreitet bestreiten",
    "en": "false untrue wrong incorrect mistaken lie myth deny denies denied denying refutes refuted disputes disputed",
    "es": "falso mentira incorrecto negó negaron negaba niega niegan",
    "fr": "faux inexact nie nié nia dément démenti",
    "it": "falso sbagliato bugia nega negò negato smentisce smentito",
    "nl": "onjuist onwaar leugen ontkent ontkende ontkenden ontkend",
    "pl": "nieprawda nieprawdą kłamstwo zaprzeczył zaprzeczyła zaprzeczyli",
    "pt": "negou negaram",
    "ru": "неправда неверно ложь отрицал отрицала отрицали отрицает отрицают опроверг опровергла опровергли",
    "sv": "falskt fel osant lögn förnekar förnekade",
    "uk": "невірно брехня заперечив заперечила заперечили заперечує заперечують спростував спростувала спростували",
}
_PRONOUNS = {
    "ar": "هو هي هم نحن أنا أنت أنتم",
    "cs": "já ty ona ono my vy oni jeho její jejich",
    "de": "ich du er sie wir ihr mich dich ihn uns euch mir dir ihm ihnen mein dein sein unser ihre seine unsere",
    "el": "εγώ εσύ αυτός αυτή αυτό εμείς εσείς αυτοί",
    "en": "i me my we us our you your he him his she her it its they them their",
    "es": "yo tú él ella nosotros vosotros ellos ellas usted ustedes",
    "fa": "او آنها شما وی",
    "fr": "je tu il elle nous vous ils elles lui leur",
    "he": "הוא היא הם הן אני אנחנו אתה אתם",
    "hi": "वह वे हम मैं आप तुम उसने उन्होंने",
    "id": "saya aku kami kita dia mereka kamu anda",
    "it": "io lui lei noi voi loro",
    "ja": "彼 彼女 彼ら 私 私たち",
    "ko": "그는 그녀는 그들은 우리는 나는 저는",
    "nl": "ik jij hij zij ze wij we jullie hem haar ons hun",
    "no": "jeg han hun vi dere dem",
    "pl": "ona ono wy oni jego jej ich",
    "pt": "eu ele ela nós vós eles elas você vocês",
    "ru": "я ты он она оно мы вы они его её ее их ему ей им меня мне нас нам вас вам",
    "sr": "ја ти он она оно ми ви они njega njih",
    "sv": "jag hon han dem er oss",
    "th": "เขา เธอ มัน พวกเขา เรา ผม",
    "tr": "ben sen biz siz onlar",
    "uk": "ти він вона воно ми ви вони його її їх йому їй їм мене мені",
    "zh": "他 她 它 他们 她们 它们 我 我们 你 你们 您 他們 她們 我們",
}
# From two on, as "one of them" is no figure.
_NUMBERS = {
    "ar": "اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مئة مائة",
    "cs": "dva dvě tři čtyři pět šest sedm osm devět deset",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig",
    "el": "δύο τρεις τρία τέσσερις τέσσερα πέντε έξι επτά οκτώ εννέα δέκα εκατό",
    "en": "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty eighty ninety",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cuarenta cincuenta cien mil",
    "fa": "دو سه چهار پنج شش هفت هشت ده صد",
    "fr": "deux trois quatre cinq sept huit neuf dix onze douze vingt trente quarante cinquante cent mille",
    "he": "שניים שתיים שני שתי שלושה שלוש ארבעה ארבע חמישה חמש שישה שש שבעה שבע שמונה תשעה עשרה עשר מאה אלף",
    "hi": "दो तीन चार पाँच पांच छह सात आठ नौ दस सौ लाख",
    "id": "dua tiga empat lima enam tujuh delapan sembilan sepuluh juta",
    "it": "tre quattro cinque sette otto nove dieci dodici venti trenta quaranta cinquanta cento mila",
    "ko": "둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 두 세 네 백 천 만 억",
    "nl": "twee drie vijf zes zeven negen tien twaalf twintig dertig veertig vijftig",
    "no": "fem seks sju åtte tolv tjue tretti",
    "pl": "dwa dwie dwóch trzy trzech cztery czterech pięć sześć siedem osiem dziewięć dziesięć sto",
    "pt": "dois duas três quatro sete oito dez vinte trinta quarenta cinquenta cem",
    "ru": "два две двое двух три трое трёх трех четыре пять шесть семь восемь девять десять двадцать тридцать сто",
    "sr": "два две три четири пет шест седам осам девет десет",
    "sv": "två fyra sju åtta nio tolv tjugo trettio",
    "tr": "iki üç dört beş altı yedi sekiz dokuz",
    "uk": "два дві двоє двох три троє трьох чотири п'ять шість сім вісім дев'ять десять двадцять тридцять сто",
}
# Only how they begin: they have many forms.
_LARGE_NUMBERS = (
    *("hundred", "thousand", "million", "billion", "trillion", "milliard", "dozen", "hundert", "tausend", "millón"),
    *("millone", "milione", "miliard", "miljoen", "miljard", "miljon", "biljo", "duizend", "honderd", "tusen"),
    *("hundra", "hundre", "tisíc", "tysiąc", "tysięc", "milion", "milhão", "milhões", "bilh", "milyon", "milyar"),
    *("тысяч", "тисяч", "хиљад", "миллион", "мільйон", "милион", "миллиард", "мільярд", "милијард", "χιλιάδ"),
    *("εκατομμύρι", "δισεκατομμύρι", "ألف", "آلاف", "مليون", "ملايين", "مليار", "هزار", "میلیون", "میلیارد"),
    *("מיליון", "מיליארד", "אלפי", "हज़ार", "हजार", "करोड़", "ribu", "miliar"),
)
_ABBREVIATIONS = {
    "de": "bzw ca dr evtl fr ggf hr inkl mio mrd nr prof tsd usw",
    "en": "adm al approx capt cf cmdr col dept dr etc gen gov hon inc jr lt ltd maj mr mrs ms pres prof rep rev sen sgt"
    " sr st vs",
    "es": "dña sra srta",
    "fr": "mlle mm mme",
    "it": "dott sig",
    "nl": "dhr mevr",
    "ru": "акад гг доц им млн млрд проф руб стр тов тыс ул",
    "uk": "вул",
}


def _words(table: dict[str, str]) -> frozenset[str]:
    return frozenset(word for words in table.values() for word in words.split())


_IS_NEGATION, _IS_DENIAL, _IS_PRONOUN, _IS_NUMBER, _IS_ABBREVIATION = map(
    _words, (_NEGATIONS, _DENIALS, _PRONOUNS, _NUMBERS, _ABBREVIATIONS)
)
# Chinese, Japanese and Thai have no spaces between words, and in Japanese and Korean the negation is an ending.
_IN_WORDS = re.compile("[不没沒]|ない|なかった|ません|ไม่|않|없")
# "Wrong to say", in French "faux qu'il", and in other languages a comma before the word.
_BEFORE_DENIED = re.compile(
    r",? (?:that|having|to (?:say|claim|think|believe|suggest)|dass|que|de|che|dat|że|что|що|att)(?!\w)| qu['\u2019]"
)
_NUMBER_IN_WORDS = re.compile("สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน")
# Words with their vowel signs, and with what a hyphen at the end of a line has become.
_IN_WORD = rf"(?:[^\W_]|[{JOINT}\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e])"
_TOKENS = re.compile(rf"[^\W_]{_IN_WORD}*(?:['\u2019\u02bc]{_IN_WORD}+)*")


def find_negations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the negations of a folded text begin and end, in order; "false" is one before "that"."""
    in_words = (match.span() for match in _IN_WORDS.finditer(text))
    tokens = (match.span() for match in _TOKENS.finditer(text) if _is_negation(match.group(), text, match.end()))
    return merge(in_words, tokens)


def has_negation(text: str) -> bool:
    """Return whether a text, folded or not, has a negation."""
    return next(find_negations(fold(text).text), None) is not None


def has_figure(text: str) -> bool:
    """Return whether a text has a digit, a number word, a currency sign or a sign of a share."""
    if any(map(_is_of_figure, text)) or _NUMBER_IN_WORDS.search(text):
        return True
    return any(map(_is_number_word, _TOKENS.findall(fold(text).text)))


def is_pronoun(word: str) -> bool:
    """Return whether a word is a personal pronoun or a possessive one; all in capitals it is an abbreviation."""
    return word.casefold() in _IS_PRONOUN and (len(word) == 1 or not word.isupper())


def is_abbreviation(word: str) -> bool:
    """Return whether a full stop behind a word belongs to it: to an initial, a day, or one of the listed ones."""
    return word.casefold() in _IS_ABBREVIATION or "." in word or len(word) == 1 or (len(word) == 2 and word.isdecimal())


def _is_negation(token: str, text: str, end: int) -> bool:
    token = token.casefold().replace(JOINT, "")
    if token in _IS_DENIAL and _BEFORE_DENIED.match(text, end):
        return True
    return token in _IS_NEGATION or token.endswith(("n't", "n\u2019t")) or token.startswith(("n'", "n\u2019"))


def _is_number_word(token: str) -> bool:
    token = token.casefold().replace(JOINT, "")
    return token in _IS_NUMBER or token.startswith(_LARGE_NUMBERS)


def _is_of_figure(char: str) -> bool:
    # Han digits are letters that have a numeric value; "one" is no figure.
    return char in "%‰‱٪％" or category(char) in {"Nd", "Nl", "No", "Sc"} or numeric(char, 1) != 1
