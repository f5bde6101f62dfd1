"""The stage that makes the search index: what can be found → files that the script of the search page reads."""
