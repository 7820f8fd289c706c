"""What officials do with a survey, and what people answer."""
