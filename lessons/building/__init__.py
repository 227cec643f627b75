"""How a lesson becomes a notebook, a step a module.

source (read a percent script) -> twins (its code in each language) -> editions (cut the solutions)
-> compose (choose a language, number the cells) -> execute (run it)
-> clean (nothing that changes from run to run, nothing that must not be there);
compare and pages serve `--check` and `--html`.
"""
