"""markdown-it's parser, made faster: the same rules, tried only where they can match, and short cuts for plain text.

It relies on internals of markdown-it-py, whose minor version is pinned. `BRIEFGEN_REFERENCE=1` runs the stock parser
instead; `tests/property/test_fast_markdown.py` compares the two (decision 15).
"""
