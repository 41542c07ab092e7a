"""Which records are the same thing under two entries, found without a labelled example. docs/duplicates.md tells how.

Nothing here knows of a database or of organisations: records are mappings of named text fields.
"""
