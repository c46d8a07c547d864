"""Pages for whoever comes by: the home page and the page for a wrong address."""

from gridapp.screens.everyone import home as home
from gridapp.screens.everyone import not_found as not_found
