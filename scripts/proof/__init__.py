"""What ``scripts/load`` and ``scripts/soak`` are made of: a served service, those who ask it, what it costs."""
