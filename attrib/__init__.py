"""attrib finds the pictures of a news article with caption and credit, and says what is wrong with them."""

__version__ = "0.1.0"
