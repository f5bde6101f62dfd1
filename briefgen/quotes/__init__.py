"""Quotations in texts: whether quoted words are in a source's text, and where. Pure functions of texts, without I/O."""
