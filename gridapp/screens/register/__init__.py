"""The pages of the register, for administrators under ``/admin`` and grid workers under theirs."""
