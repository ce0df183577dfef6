"""How many wrong sentences does the guard find, and how many true ones does it stop?"""
