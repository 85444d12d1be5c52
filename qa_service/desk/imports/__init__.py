"""Official texts that staff bring in: waiting, understood, published, taken back."""
