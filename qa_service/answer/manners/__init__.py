"""Greetings, thanks, complaints and attacks."""
