"""Helpers of the course Seeing Attention.

Imports run one way: attention, positions -> transformer -> models, interventions, heads -> plots,
views -> controls, checks. Maths knows no pictures, pictures know no sliders; `text` may be used by all.
"""
