"""From an incident's events to the messages that people get: `ls` this folder to read the story."""
