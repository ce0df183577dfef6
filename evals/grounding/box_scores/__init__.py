"""How does the guard do on texts about basketball games, whose errors people marked? For the method, not the words."""
