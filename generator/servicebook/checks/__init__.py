"""Rules that only the whole catalogue can break: each a small generator of problems."""
