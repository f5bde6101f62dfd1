"""Incremental builds: the results of the plain build, without making again what has not changed.

This is the only place with caches between runs. `build` and `check` are in `build`, the preview's `Snapshots` in
`snapshot`, and `explain` in `explanation`.
"""
