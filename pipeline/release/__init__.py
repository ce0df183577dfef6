"""Who must agree before a text leaves?"""
