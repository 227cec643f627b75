"""Sliders bound to views. The only package that imports ipywidgets (7.7 to 8.1)."""

from helpers.controls.heads import HeadExplorer, explore_heads
from helpers.controls.model import ModelExplorer, explore_model
from helpers.controls.neurons import NeuronExplorer, explore_neurons
from helpers.controls.scaling import ScalingExplorer, explore_scaling

__all__ = ["HeadExplorer", "ModelExplorer", "NeuronExplorer", "ScalingExplorer", "explore_heads", "explore_model",
           "explore_neurons", "explore_scaling"]
