"""What people see in Reflex, by role; importing this package registers every page."""

from gridapp.screens import everyone as everyone
