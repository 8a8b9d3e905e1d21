"""Metric files and what they are reduced to."""
