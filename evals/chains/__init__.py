"""Does what keeps coming back come out, by its third case, and nothing else?"""
