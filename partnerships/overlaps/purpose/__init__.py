"""How alike two texts are in purpose, and which words say so.

`weighing.TermWeights` learns once from a body of texts which words tell something and which stand for one another; it
prepares each text (`Text`). `likeness` compares what was prepared; `telling` names what two texts share. Nothing here
reads the database; vectors of meaning are given by the caller or are not there.
"""
