"""The desk: the pages on which staff work. Each calls the staff's API from its scripts, and reads without them."""
