rm content/briefs/gone.md
