"""The staff API of official texts that are brought in."""
