"""The questions of the chapters: `cNN.py` holds PREDICTIONS and QUIZZES of chapter NN, found by name."""
