"""Who is to be told what, when and why? Rules are data; this room evaluates them and decides nothing else."""
