mv content/pages/actors.md content/pages/our-actors.md
mv content/static/404.html content/static/gone.html
mv content/static/briefs/talks/index.html content/static/talks.html
