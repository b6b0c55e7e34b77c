"""Which passages answer this query?"""
