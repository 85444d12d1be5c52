"""What ``scripts/ablation`` measures."""
