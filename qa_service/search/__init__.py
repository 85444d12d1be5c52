"""A question in, ranked passages out."""
