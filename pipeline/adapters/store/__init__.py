"""Where is the truth kept? In one database, SQLite or PostgreSQL, through the same statements."""
