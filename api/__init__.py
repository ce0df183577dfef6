"""The door: HTTP API, access control and command line. It decides nothing about incidents."""
