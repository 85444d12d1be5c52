"""Ranked passages in, an answer out."""
