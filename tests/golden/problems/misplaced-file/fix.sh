mkdir content/pages
mv content/about.md content/pages/
mv content/breifs/floods.md content/briefs/
mv content/briefs/2025/dam.md content/briefs/
rmdir content/breifs content/briefs/2025
mv content/briefs/talks.txt content/briefs/talks.md
