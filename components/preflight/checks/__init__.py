"""The checks: small pure functions from facts to findings, one file per kind."""
