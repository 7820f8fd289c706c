"""What the screens about postings show."""
