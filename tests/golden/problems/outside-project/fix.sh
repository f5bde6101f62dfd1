rm content/static/talks.txt content/briefs/elsewhere.md
cp ../elsewhere.md content/briefs/
