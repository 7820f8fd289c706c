"""What is done to the postings, one act a function."""
