"""What does a chat model add? Questions that users would ask, titles in the other language, an order."""
