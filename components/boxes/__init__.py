"""Boxes on images: what an answer says, in pixels of the original, and how well it fits.

types       a box, in pixels of the original
orders      xyxy, yxyx, xywh, cxcywh
scales      pixels of the original, of the image as sent, 0..1, 0..1000, and back
reading     boxes in an answer, as JSON or in words
fit         IoU, greedy matching, F1, and the order that fits best
"""
