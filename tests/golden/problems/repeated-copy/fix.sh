rm -r content/sources/treaty.yaml content/copies/treaty
