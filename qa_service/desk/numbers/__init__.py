"""The figures of a period, put together from the journal and the library, and told."""
