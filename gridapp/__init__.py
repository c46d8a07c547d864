"""gridapp: neighbourhood grid governance as a mobile-first progressive web app."""

__version__ = "0.1.0"
