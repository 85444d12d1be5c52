"""The reader: the list of documents, one document, two versions side by side."""
