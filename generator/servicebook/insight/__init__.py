"""What follows from results and terms."""
