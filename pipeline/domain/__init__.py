"""The words of the product as values: no input, no output, no clock. Imports nothing of ours."""
