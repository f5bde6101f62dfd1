"""Content files → `Site` and problems. The only stage that reads content, YAML and Markdown."""
