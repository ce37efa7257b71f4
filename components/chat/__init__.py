"""A turn of a conversation: what is sent, what it costs, the stream, and keeping it.

draft          the images and settings of a question that isn't asked yet; drafts: kept in the store
urls           which addresses of images may be handed to an endpoint
request        store + draft -> what goes over the wire; exact_request: the same, to be copied
estimate       what that costs before it goes
turn           one question asked: all of the above, in order
running        answers in progress, which the runner asks, and those that another process runs
store          what is asked of a conversation store (db fulfils it), and its value types
usage_replay   what the store's answers would have cost otherwise; recount: how a request of the
               store is counted anew
"""
