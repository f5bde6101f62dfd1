mv site/briefs/floods/index.html floods.html
