"""What the public asked and did not get, put together by what it asks."""
