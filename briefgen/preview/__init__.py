"""Live preview: the content on the disk → pages in a browser that update themselves. Writes no file of the site."""
