"""A language model that words answers anew, and what holds it to the text."""
