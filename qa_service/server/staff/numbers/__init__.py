"""The staff API of figures."""
