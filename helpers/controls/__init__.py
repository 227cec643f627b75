"""Sliders bound to views. The only package that imports ipywidgets (7.7 to 8.1)."""

from helpers.controls.birth import BirthExplorer, explore_birth
from helpers.controls.heads import HeadExplorer, explore_heads
from helpers.controls.interventions import InterventionExplorer, explore_interventions
from helpers.controls.live_training import TrainingExplorer, explore_training
from helpers.controls.model import ModelExplorer, explore_model
from helpers.controls.neurons import NeuronExplorer, explore_neurons
from helpers.controls.positions import PositionExplorer, explore_positions
from helpers.controls.query import QueryExplorer, explore_query
from helpers.controls.scaling import ScalingExplorer, explore_scaling
from helpers.controls.translation import TranslationExplorer, explore_translation

__all__ = ["BirthExplorer", "HeadExplorer", "InterventionExplorer", "ModelExplorer", "NeuronExplorer",
           "PositionExplorer", "QueryExplorer", "ScalingExplorer", "TrainingExplorer", "TranslationExplorer",
           "explore_birth", "explore_heads", "explore_interventions", "explore_model", "explore_neurons",
           "explore_positions", "explore_query", "explore_scaling", "explore_training", "explore_translation"]
