"""Does a model that obeys whoever attacks it get anything false, foreign or secret to a reader?"""
