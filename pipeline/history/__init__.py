"""What came before Heliograph? Files of past tickets are read as rows, and rows as tickets. Pure."""
