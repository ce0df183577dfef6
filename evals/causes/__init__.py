"""Is the true cause of an incident found, and is it said when there is none?"""
