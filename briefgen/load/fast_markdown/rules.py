"""Rules by the characters that they can begin with."""

from collections.abc import Mapping
from typing import TypeVar

from markdown_it.ruler import Ruler

R = TypeVar("R")


class RulesByCharacter(dict[str, list[R]]):
    """The rules of a chain by the character that they can begin with, in their order.

    `begin` has the first characters of rules by name; rules that it does not name can begin with any character.
    """

    def __init__(self, ruler: Ruler[R], begin: Mapping[str, str], chain: str = "") -> None:
        super().__init__()
        every, chain_rules = ruler.getRules(""), ruler.getRules(chain)
        named = zip(ruler.get_active_rules(), every, strict=True)
        self._named = [(name, rule) for name, rule in named if rule in chain_rules]
        self._begin = begin

    def __missing__(self, character: str) -> list[R]:
        found = [rule for name, rule in self._named if character in self._begin.get(name, character)]
        self[character] = found
        return found
