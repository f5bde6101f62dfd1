"""Create new projects and new content files. Nothing is overwritten, and no file is left half written."""
