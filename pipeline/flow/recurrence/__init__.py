"""What keeps coming back: tickets are judged beside the way of their messages, and people decide what becomes of chains."""
