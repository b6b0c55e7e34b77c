"""What do we say, and how is it shown?"""
