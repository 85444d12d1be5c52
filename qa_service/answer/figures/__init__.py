"""The figures a question asks for or takes for granted."""
