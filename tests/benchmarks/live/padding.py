"""What fills a frame to the size of a post of two sentences."""

PADDING = "x" * 600
