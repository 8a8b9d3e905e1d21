"""The agreement model: frozen records, free of input and output."""
