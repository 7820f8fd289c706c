"""motcua: the one-stop shop."""
