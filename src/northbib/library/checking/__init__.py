"""What rules are made of: the entry as a rule sees it, the tables, places in the file."""
