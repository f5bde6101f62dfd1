"""Incremental builds: the results of the plain build, without making again what has not changed.

This is the only place with caches between runs, and `build` is where to begin reading. `preview_snapshot` is for the
preview, `page_explanation` for `briefgen build --explain`.
"""
