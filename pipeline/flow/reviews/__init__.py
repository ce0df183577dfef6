"""After an incident: its report is drafted, written by people, published, and its actions are followed."""
