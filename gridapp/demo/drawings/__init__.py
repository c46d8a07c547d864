"""Pictures drawn by the program for demo towns: scenes of cases, before and after, and portraits.

Nobody's home, face or misfortune is shown, each picture says 示意图 in its corner, and the same
seed always draws the same picture.
"""
