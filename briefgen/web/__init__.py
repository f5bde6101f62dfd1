"""Other people's servers and documents: requests with limits, and the text and metadata of what they send."""
