"""The requester's page of her own ticket, behind a signed link."""
