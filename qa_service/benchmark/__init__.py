"""How fast the service is on this machine: what is measured, and how it is told."""
