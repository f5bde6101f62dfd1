"""What several tests share. Imported as `support`."""
