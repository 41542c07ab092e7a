"""How changes arrive at once: one membership of the channel layer a process and thread, frames encoded once.

A frame may be lost, doubled or late; no post ever is. Frames carry the thread's numbers, so a page sees what it misses
and asks for it (`views/entries.py`), and so it does whenever its socket opens anew.
"""
