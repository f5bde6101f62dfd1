"""The view contract: what each output shows, as frozen values. `plan` fills them, `render` and templates read them."""
