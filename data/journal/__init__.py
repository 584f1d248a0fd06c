"""The journal: what people enter, in a database of its own that many processes write while builds run.

`place` says where it lies, `opening` opens it and brings its tables forward, `tables` declares them. Every kind of
entry has a module: `overrides`, `strategies` and `scenarios`, whose `limits` a form can know without the database.
`loading` hands overrides to a build, as one more source; the profit plan reads strategies and scenarios as they are.

A new kind of entry is a table in `tables`, a revision in `migrations/versions`, and a module of its own.
"""
