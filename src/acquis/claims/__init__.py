"""Compares the claims of a report with the record, by rules that are printed beside each verdict.

`facts` takes from a state what is public, `lexicon` has the words of a language, and `reading` reads a sentence.
`sides` and `scope` read the parts of a sentence about votes, `numbers` its numbers. `checking` runs all rules, which
are the functions `..._verdicts` of the other modules. No language model is used, and the same log always gives the same
verdicts."""
