"""What briefgen's Markdown has beyond CommonMark, one thing to a file."""
