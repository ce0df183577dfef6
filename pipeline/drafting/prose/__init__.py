"""How does an audience's material become prose? One ladder of writers, whose contract is the same on each step."""
