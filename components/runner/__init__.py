"""What asks, for chat and comparisons alike; neither of which is imported here.

types              how a request ended, as it is kept
retry              which failures are tried again by themselves
finalize           what an answer came to: tokens, money, a bill
endpoint_limiter   so many requests at once to an endpoint
write_retry_queue  writes that the store refused, tried again
remote_runs        what another process runs, followed through the store
"""
