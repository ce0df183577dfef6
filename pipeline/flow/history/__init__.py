"""Past tickets are taken in, beside everything that is told to anybody."""
