"""Addresses that aliases make."""

from briefgen.load.redirects import find_alias_addresses
from briefgen.model.content import Actor, Publisher
from briefgen.model.site import Document


def addresses(taken: tuple[str, ...] = (), **aliases: tuple[str, ...]) -> dict[str, str]:
    actors = {
        id.replace("_", "-"): Document(
            id.replace("_", "-"), "content/a.md", Actor(name=id, kind="person", aliases=found)
        )
        for id, found in aliases.items()
    }
    return find_alias_addresses({"actors": actors}, taken)[0]


def test_an_alias_makes_the_address_that_its_letters_make() -> None:
    assert addresses(united_states=("USA", "United States of America", "Les États-Unis")) == {
        "actors/usa": "actors/united-states",
        "actors/united-states-of-america": "actors/united-states",
        "actors/les-etats-unis": "actors/united-states",
    }


def test_an_alias_takes_no_address_that_is_in_use() -> None:
    assert addresses(ada=("Bert", "ada"), bert=()) == {}
    assert addresses(ada=("Old",), taken=("actors/old",)) == {}


def test_an_alias_of_two_actors_makes_no_address() -> None:
    assert addresses(ada=("The Boss", "Ada M."), bert=("The boss!",)) == {"actors/ada-m": "actors/ada"}


def test_an_alias_in_another_script_has_an_address_in_latin_letters() -> None:
    assert addresses(ada=("Мэр", "Мэр M", "…")) == {"actors/mer": "actors/ada", "actors/mer-m": "actors/ada"}


def test_the_name_of_a_publisher_makes_an_address_as_an_alias_does() -> None:
    sz = Document("sz", "content/publishers/sz.yaml", Publisher(name="Süddeutsche Zeitung"))

    redirects, problems = find_alias_addresses({"publishers": {"sz": sz}}, ())

    assert redirects == {"publishers/suddeutsche-zeitung": "publishers/sz"}
    assert problems == ()


def test_alias_addresses_are_in_the_order_of_the_content() -> None:
    found = addresses(bert=("B",), ada=("Z", "A"))
    assert list(found) == ["actors/b", "actors/z", "actors/a"]
