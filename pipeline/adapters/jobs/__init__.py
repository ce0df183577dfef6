"""What drives the workers. Rows are the truth: whatever runs here can die and lose nothing (law 2)."""
