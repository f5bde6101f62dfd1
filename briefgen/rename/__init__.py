"""Give a content file another id, and change every reference to it. Killed at any step, it can be run again."""
