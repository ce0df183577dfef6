"""What does a text say, as terms that can be counted? Chinese and English alike."""
