"""Rubrics: answers that a judge model is asked about, within the run that they are of.

rubrics     which graders ask a judge: whom, how often
planned     the requests to judges of a run
prompt      what a judge is told: the answer as data, behind a border that it can't know
votes       a judge's replies, as the graders take them
checked     how often people agree with a judge
words       all of it in words: price, bill, warnings
"""
