"""The staff API that writes chosen passages into a file for Word."""
