"""Who is asking, and may they? Programs bring tokens, people bring sessions; default deny."""
