"""What the screens about surveys show."""
