"""Whom we call: mail, messages, files elsewhere; each with a twin that only logs."""
