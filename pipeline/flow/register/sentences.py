"""What does a problem of the register mean to a program or a command line? One English sentence each."""

from __future__ import annotations

from ...domain.register import Problem

SENTENCES = {
    "empty": "the file holds no line",
    "encoding": "is neither UTF-8 nor GB 18030 text",
    "broken": "cannot be read as CSV: {names}",
    "too_many": "has more than {names} services; send it in parts",
    "no_header": "the first line has to name the columns, among them id; it says: {names}",
    "unknown_column": "is no column; known: {names}",
    "column_twice": "stands in the header twice",
    "cells": "has more cells than the header has columns",
    "twice": "{names} stands in the file before",
    "missing": "is needed",
    "control": "holds a character that nobody can see, or a line break",
    "too_long": "is too long",
    "yes_or_no": "is yes or no",
    "one_language": "has to be there in both languages, or in none",
    "choice": "is {names}, or empty",
    "unfit": "is not right: {names}",
    "unknown": "stands for nothing that is known: {names}",
    "reserved": "{names} is a word of the register's own addresses; take another id",
    "circle": "goes round in a circle: {names}",
}


def sentence(problem: Problem) -> str:
    between = " → " if problem.code == "circle" else ", "
    return SENTENCES[problem.code].format(names=between.join(problem.names))
