"""Pictures for the demonstration, drawn by code: cells, networks, fields, and calm portraits."""

from .catalogue import KEYS, draw, focal_point
from .infographic import label_boxes

__all__ = ["KEYS", "draw", "focal_point", "label_boxes"]
