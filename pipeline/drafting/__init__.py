"""From facts to a text: the record, the brief cut for its audience, typed slots, and the templates."""
