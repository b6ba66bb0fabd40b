"""Claims of a report that the record can decide, each compared with it by a rule that is printed.

`facts` takes from a state what everybody may see, `lexicon` has the words of a language, `reading` reads a sentence,
`sides` and `scope` the parts of one about votes. `votes`, `groups`, `speech`, `bodies`, `outcomes`, `commitments`,
`dates`, `references` and `altered` are the rules. No language model is used, and the same log gives the same verdicts.
"""
