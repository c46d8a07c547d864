"""Verification: going through the register record by record, with before and after (人户核查)."""
