"""Other people's documents → private copies in `content/copies/`, and drafts of what a desk writes about them."""
