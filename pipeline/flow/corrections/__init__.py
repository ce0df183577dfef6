"""A fact that was told is wrong: who was told it, and what is proposed to put it right?"""
