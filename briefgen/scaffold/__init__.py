"""New projects and new content files. Never overwrites anything, and leaves nothing half written."""
