"""What each desk shows of the procedures: put up, taken down, how late, and where feedback goes (C-10)."""
