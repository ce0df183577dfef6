"""Does the search find the article that helps, and does it know when there is none?"""
