"""The staff API of questions that were not answered."""
