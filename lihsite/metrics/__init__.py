"""Figures of all processes of a machine for Prometheus, on a port of their own (`METRICS_PORT`).

No label holds a path, a query or anything about a person: all come from short lists.
"""
