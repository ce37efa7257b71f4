"""Files by their bytes: which format, what it says of itself, what is kept of it, whether it is
whole. Nothing here decodes a picture.
"""
