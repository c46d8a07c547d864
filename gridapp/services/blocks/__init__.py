"""Devices, phones and places whose reports staff looks at before anything else is done (屏蔽)."""
