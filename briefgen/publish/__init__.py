"""Publish a site on GitHub Pages: build it, audit it, and push it to a branch or write a workflow that does."""
