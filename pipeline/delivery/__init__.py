"""Who gets a message, by which channel, when is it tried again, and how did it end? All pure."""
