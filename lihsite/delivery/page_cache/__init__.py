"""Answers visitors with pages that are ready, ahead of Django (`PageCache`, a WSGI application).

Every kept answer names the state of the content that it was made from: a token, which all processes
share (`tokens.py`). Whatever writes to the database something that visitors may see changes the
token (`writes.py`), and with it every answer is out of date at once; the hour at which pages change
by themselves is kept with each (`moments.py`). So nobody has to know which page shows what.

What is out of date may be given while it is made anew, or cannot be; but nothing that is older than
the last withdrawal (`withdrawals.py`).
"""
