"""Who somebody is and what they may do: three modes, three roles, an allowlist.

    person     Mode, Role, Person; an OIDC identity's id as an owner
    rules      the settings of access, read and checked; when a server may not start
    admission  claims of a sign-in + what is kept of the person -> a Person, or why not
    password   the shared password: compared in constant time, wrong ones throttled
    passes     proof of having typed it: a signed expiry, for a cookie
    store      people as they are kept, wrong passwords, and what is asked of a store
    people     what is kept of people, looked at in each run, cheaply
    errors     AccessError, AccessConfigError

Decisions are pure functions; nothing here reads the environment or knows Streamlit.
"""
