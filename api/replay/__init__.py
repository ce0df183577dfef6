"""What would have been told? Histories of incidents run again through today's rules and texts."""
