mkdir -p content/static
mv content/briefs/large.md content/static/large.txt
mv content/briefs/table.md content/static/ships.txt
