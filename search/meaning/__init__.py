"""What texts mean, as a sentence encoder says it: an extra that everything works without.

`EMBEDDING_MODEL` names a folder with an ONNX sentence encoder and its tokenizer; `requirements-semantic.txt` brings
what runs it. A question's vector joins the engine's words (`blending`); the documents' vectors are computed in the
background (`search.domain.encoding`).
"""
