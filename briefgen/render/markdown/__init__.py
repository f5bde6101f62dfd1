"""Pages as Markdown: the content of a rendered page in CommonMark 0.31, in which no text can become markup."""
