"""Mechanisms without a word of the domain: digests, disk, clock, cache, processes."""
