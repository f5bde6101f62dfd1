mv "content/briefs/Talks End.md" content/briefs/talks-end.md
mv content/sources/river_census.yaml content/sources/river-census.yaml
