"""Answers that staff approved."""
