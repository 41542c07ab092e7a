"""Organisations that stand here twice: which pairs, why, and the moderators' page. docs/duplicates.md tells it."""
