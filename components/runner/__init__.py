"""What asks: an answer of a chat is a run with one cell, a comparison is a run with many.

Whoever asks gives a kind of Run and of RunManager: what is asked, and where ends and heartbeats are
written. Neither chat nor compare is imported here.

    types              how a request ended, as it is kept
    cell               one request in progress
    run                cells that are asked together, shared with any number of readers
    attempts           a cell asked, perhaps tried again, answered
    retry              which failures are tried again by themselves
    endpoint_limiter   so many requests at once to an endpoint; what goes first waits for none
    finalize           what an answer came to: tokens, money, a bill
    result_writer      beginnings, heartbeats and ends on their way into the store
    write_retry_queue  writes that the store refused, tried again
    remote_runs        what another process runs, followed through the store
    run_manager        the runs of one kind: found, stopped, kept for a while
    runner             the loop on which all of it happens, and its end
"""
