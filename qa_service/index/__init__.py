"""Passages in, a searchable build out."""
