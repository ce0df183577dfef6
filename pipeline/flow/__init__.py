"""The only place that knows the order of the stages: an event in, a message out, in short steps.

`intake` folds events and decides who is to be told; `compose` turns a due communication into checked
messages; `send` hands them over; `promises` watches announced times; `acts` is what people do by hand;
`drain` runs all of it to the end on a clock that stands still. `articles`, `models`, `summaries` and
`writing` are stages with rooms of their own.
"""
