"""What was said before, and questions that lean on it."""
