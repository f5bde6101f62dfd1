"""Tools for an assistant that drafts briefs, and the server that offers them.

What an assistant sends is hostile input. A tool takes texts and ids, never paths, and writes drafts alone.
"""
