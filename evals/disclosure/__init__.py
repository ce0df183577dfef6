"""Does anybody see what only others may know? Canaries in everything that people write."""
