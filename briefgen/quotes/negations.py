"""Words that turn a statement into its opposite, which neither a bracket nor an ellipsis may add or take away.

No list of such words is complete; this one catches the plainest of these distortions in common languages. It leaves out
words that are frequent in another language and mean something else there.
"""

import re
from collections.abc import Iterator
from heapq import merge

from briefgen.quotes.folding import JOINT, fold

_BY_LANGUAGE = {
    "ar": "لا ليس ليست لم لن بلا دون بدون غير",
    "cs": "ne není nikdy nikdo bez",
    "de": "nicht nichts nie niemals kein keine keinen keinem keiner keines niemand ohne weder",
    "el": "δεν μην μη όχι ποτέ χωρίς",
    "en": "not no never nor neither none nobody nothing nowhere without cannot hardly barely scarcely",
    "es": "no ni nunca jamás nada nadie ninguno ninguna",
    "fa": "نه نیست هرگز بدون",
    "fr": "ne pas non jamais rien aucun aucune sans ni",
    "he": "לא אין אל בלי אינו אינה אינם ללא",
    "hi": "नहीं मत बिना",
    "id": "tidak bukan tanpa jangan",
    "it": "non niente nessuno nessuna senza né",
    "ko": "안 못 않다 아니다 없다 아닌 없는",
    "nl": "niet geen nooit niemand zonder",
    "no": "ikke ikkje aldri ingen",
    "pl": "nie nigdy nikt bez",
    "pt": "não nem nunca ninguém nenhum nenhuma sem",
    "ru": "не нет ни никогда никто ничего без нельзя",
    "sr": "није нема никад nije nikad",
    "sv": "inte ingen inget aldrig utan",
    "tr": "değil yok hayır asla",
    "uk": "не ні немає ніколи ніхто нічого без",
}
_WORDS = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())
# Chinese, Japanese and Thai have no spaces between words, and in Japanese and Korean the negation is an ending.
_IN_WORDS = re.compile("[不没沒]|ない|なかった|ません|ไม่|않|없")
# Words with their vowel signs, and with what a hyphen at the end of a line has become.
_IN_WORD = rf"(?:[^\W_]|[{JOINT}\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e])"
_TOKENS = re.compile(rf"[^\W_]{_IN_WORD}*(?:['\u2019\u02bc]{_IN_WORD}+)*")


def find_negations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the negations of a folded text begin and end, in order."""
    in_words = (match.span() for match in _IN_WORDS.finditer(text))
    tokens = (match.span() for match in _TOKENS.finditer(text) if _is_negation(match.group()))
    return merge(in_words, tokens)


def has_negation(text: str) -> bool:
    """Return whether a text, folded or not, has a negation."""
    return next(find_negations(fold(text).text), None) is not None


def _is_negation(token: str) -> bool:
    token = token.casefold().replace(JOINT, "")
    return token in _WORDS or token.endswith(("n't", "n\u2019t")) or token.startswith(("n'", "n\u2019"))
