"""A role begins before it ends."""

from collections.abc import Iterator

from briefgen.check.wording import on
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def backward_roles(site: Site) -> Iterator[Problem]:
    """Roles that certainly end before they begin."""
    for actor in site.actors.values():
        for number, role in enumerate(actor.data.roles):
            if role.from_ and role.until and certainly_before(role.until, role.from_):
                yield Problem(
                    code="role-dates",
                    message=f'the role "{role.title}" ends {on(role.until)}, before it begins {on(role.from_)}',
                    at=Pointer(actor.file, ("roles", number, "until")),
                    hint="correct `from` or `until`; leave `until` out if the role is still held",
                )
