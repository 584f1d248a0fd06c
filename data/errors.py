"""Errors a user can act on: sentences that name the file, the trouble and the way out."""


class UserError(Exception):
    """Printed as it is, without a traceback: whoever reads it can mend its cause."""
