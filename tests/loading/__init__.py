"""Tests of the readers of content files."""
