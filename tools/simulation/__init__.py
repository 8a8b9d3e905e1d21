"""The seeded simulation behind the demonstration catalogue's metric files; nothing in it is real."""
