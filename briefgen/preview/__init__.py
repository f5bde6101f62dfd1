"""Live preview: content as it is on the disk → pages in a browser that renew themselves. Never writes a file."""
