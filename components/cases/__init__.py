"""Cases: questions with what is expected of their answers.

case        a case, a set of them, finished runs that came along
formats     files of them, ours and other programs', in and out
loss        what such a file changes or leaves out, line by line
statistics  rates, repeats, two runs beside each other
command     `python -m components.cases`
"""
