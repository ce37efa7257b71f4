"""The usage page, the meter of limits, and what a message may hold.

meter         how full the limits are, under the composer
view          the usage page; charts: its charts; people_names: whose rows they are
quota         what a message and a session may hold in memory
"""
