"""The demo is filled into a town in which nothing stands yet."""

from tests.services.conftest import bare_desk

__all__ = ["bare_desk"]
