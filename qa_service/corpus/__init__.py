"""Official text in, passages out."""
