mv content/briefs/floods.md content/static/floods
rm content/static/maps/again
