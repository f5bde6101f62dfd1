"""Page and site theme → bytes. It sees views as opaque values and never asks what they mean."""
