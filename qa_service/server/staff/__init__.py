"""The staff's API under /api/v1/staff and the desk's pages: nothing here answers who has not signed in."""
