"""Cases: questions with what is expected of their answers.

case        a case, a set of them, finished runs that came along
store       sets as they are kept, with versions; what is asked of the store
keeping     between a set as a value and the store
builtin     the sets that come with the app, from the samples
from_labels, proposal   cases out of labels, each with a grader where a rule can tell
by_hand     graders out of a form
wording     what a case asks and expects, in words
formats     files of them, ours and other programs', in and out
packing     a set as one file
loss        what such a file changes or leaves out, line by line
statistics  rates, repeats, two runs beside each other
plan        a set and settings as a run, one request each; price: what they cost before they go;
            snapshot: the set as the run keeps it; request: a case as what goes over the wire
running     runs in progress, which the runner asks: run_manager, run, its cells, room for them
grading     answers under the graders of their cases
judging     rubrics: answers that a judge model is asked about
again       an earlier run under the graders that its set has now
results     what answers come to; changes: two runs beside each other; finished: of a file
rehearsal   models that retire: their successors tried on proposed cases
report      CSV, HTML, JSON, JUnit XML
command     `python -m components.cases`
"""
