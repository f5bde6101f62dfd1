"""What the preview tells an open page to do, as values for JSON; `client.js` obeys."""

from msgspec import Struct

from briefgen.preview import overlay


class Reload(Struct, frozen=True, tag_field="do", tag="reload"):
    """Get the page again: `whole` with all that it uses, and from another address if one is given."""

    to: str = ""
    whole: bool = False


class Swap(Struct, frozen=True, tag_field="do", tag="swap"):
    """Load these stylesheets again; fingerprints by path."""

    styles: dict[str, str]


class Know(Struct, frozen=True, tag_field="do", tag="know"):
    """Remember these fingerprints of what the page uses, for the next time that it connects."""

    assets: dict[str, str]


class Show(Struct, frozen=True, tag_field="do", tag="show"):
    """Show these problems and no others."""

    problems: tuple[overlay.Shown, ...]
    errors: int
    warnings: int


class Later(Struct, frozen=True, tag_field="do", tag="later"):
    """Connect again in a moment: another page of the same browser needs the connection."""


Message = Reload | Swap | Know | Show | Later
