"""How far a customer service's transformation has come, how sure that is, and what to do next with the people there are.

The line, in the order of the data: questions → questionnaire → answers → scoring → lifting → explanation → findings → roadmap →
report → charts → document. The edges: loader, store, exports, ui, cli.
"""
