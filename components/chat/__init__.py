"""A turn of a conversation: what is sent, what it costs, the stream, and keeping it.

draft      the images and settings of a question that isn't asked yet
urls       which addresses of images may be handed to an endpoint
request    store + draft -> what goes over the wire
estimate   what that costs before it goes
turn       one question asked: all of the above, in order
runner, job   answers in progress, in one loop of the process; pages attach to them (answering: by
           what). tries: one question asked
retry      which failures are tried again by themselves, and when
keeping    answers on their way into the store; late: what the store refused, tried again
elsewhere  answers that another process runs on the same store; looking: one look for all readers
settle     what it did cost
store        what is asked of a conversation store (db fulfils it), and its value types
rehearse   what the store's answers would have cost otherwise: usage replay, what it tells; recount,
           how a request of the store is counted anew
"""
