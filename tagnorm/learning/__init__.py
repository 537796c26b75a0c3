"""Learning from a column of raw strings how a vocabulary is used there, and how it is damaged.

`learn` is what `Normalizer.fit` and `tagnorm fit` call. Its parts: `column` counts the words of the
column and how each may be read; `expectation` re-estimates, by expectation-maximisation, how often
what is meant; `prices` turns that into a cost table; `simulation` makes strings of which the truth
is known; `trial` tells what comes of new numbers for them; `calibration` fits the confidence to
them and to a person's decisions.
"""

from tagnorm.learning.learner import Fit, learn

__all__ = ["Fit", "learn"]
