"""schema.org: works as nodes of linked data, and their files as JSON-LD."""
