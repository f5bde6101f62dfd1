"""The nouns of briefgen: frozen values without I/O, shared by every stage."""
