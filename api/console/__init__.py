"""The console: what technicians and incident managers look at. Server-rendered; it decides nothing."""
