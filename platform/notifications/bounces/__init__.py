"""E-mail that comes back: reading what mail servers report, wherever it lies."""
