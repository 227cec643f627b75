"""What a run of a BERT can be told to do otherwise: asked for, checked, planned, and done by hooks."""
