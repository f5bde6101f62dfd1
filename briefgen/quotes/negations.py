"""Words that turn a statement into its opposite, which neither a bracket nor an ellipsis may add or take away.

No list of such words is complete; this one catches the plainest of these distortions in common languages. It leaves out
words that are frequent in another language and mean something else there.
"""

import re

_BY_LANGUAGE = {
    "ar": "لا ليس ليست لم لن بلا دون بدون غير",
    "cs": "ne není nikdy nikdo bez",
    "de": "nicht nichts nie niemals kein keine keinen keinem keiner keines niemand ohne weder",
    "el": "δεν μην μη όχι ποτέ χωρίς",
    "en": "not no never nor neither none nobody nothing nowhere without cannot hardly barely",
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
# Chinese and Japanese have no spaces between words, and in Japanese and Korean the negation is an ending.
_IN_WORDS = re.compile("[不没沒]|ない|なかった|ません|않|없")
_TOKENS = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")


def count_negations(text: str) -> int:
    """Count the negations in some words."""
    return len(_IN_WORDS.findall(text)) + sum(map(_is_negation, _TOKENS.findall(text.casefold())))


def _is_negation(token: str) -> bool:
    return token in _WORDS or token.endswith(("n't", "n\u2019t")) or token.startswith(("n'", "n\u2019"))
