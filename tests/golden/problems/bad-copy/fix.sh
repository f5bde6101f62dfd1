mv content/copies/talks/article.txt content/copies/talks/text.txt
