"""Outputs → disk. Writes only what differs, removes only what a build wrote, and leaves nothing half done."""
