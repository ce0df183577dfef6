"""Everything that touches the world, one folder a port."""
