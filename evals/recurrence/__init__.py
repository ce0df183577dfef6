"""Is the earlier report of the same matter found, and is it known when there is none?"""
