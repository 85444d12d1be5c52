"""Questions answered from official text: retrieval, citation and validity over a small corpus of policy."""

__version__ = "0.1.0"
