"""Services described in calm times: edited, taken in from files, and looked at for what is missing."""
