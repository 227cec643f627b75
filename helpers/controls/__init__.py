"""Sliders bound to views. The only package that imports ipywidgets (7.7 to 8.1)."""

from .birth import BirthExplorer, explore_birth
from .characters import CharacterExplorer, explore_characters
from .heads import HeadExplorer, explore_heads
from .importance import ImportanceExplorer, explore_importance
from .interventions import InterventionExplorer, explore_interventions
from .live_training import TrainingExplorer, explore_training
from .model import ModelExplorer, explore_model
from .neurons import NeuronExplorer, explore_neurons
from .next_tokens import NextExplorer, explore_next
from .positions import PositionExplorer, explore_positions
from .query import QueryExplorer, explore_query
from .scaling import ScalingExplorer, explore_scaling
from .translation import TranslationExplorer, explore_translation

__all__ = ["BirthExplorer", "CharacterExplorer", "HeadExplorer", "ImportanceExplorer", "InterventionExplorer",
           "ModelExplorer", "NeuronExplorer", "NextExplorer", "PositionExplorer", "QueryExplorer", "ScalingExplorer",
           "TrainingExplorer", "TranslationExplorer", "explore_birth", "explore_characters", "explore_heads",
           "explore_importance", "explore_interventions", "explore_model", "explore_neurons", "explore_next",
           "explore_positions", "explore_query", "explore_scaling", "explore_training", "explore_translation"]
