mv content/sources/floods.yaml content/sources/gauge.yaml
