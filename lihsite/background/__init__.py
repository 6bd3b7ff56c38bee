"""Work after the response: kept in the database, done by workers, tried again where it fails.

Tasks are small functions in the rooms that own them; `queues.py` says which queue is for what. A
task runs at least once: each is written so that a second run changes nothing.
"""
