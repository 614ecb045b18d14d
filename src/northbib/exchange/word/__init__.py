"""Word and LibreOffice: lists of sources, and the works that a document cites."""
