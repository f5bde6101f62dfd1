"""How hard the laws are tried. `pytest tests/property --hypothesis-profile=long` takes an hour over it."""

from hypothesis import settings

settings.register_profile("long", settings(), max_examples=3000, deadline=None)
