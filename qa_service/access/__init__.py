"""Who may do what: staff accounts, their roles, signing in, tokens for programs."""
