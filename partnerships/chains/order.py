"""What comes after what in a life: the steps that take up who leaves one, and at which transition a chain breaks.

A step is a stage or a transition, numbered as in `coverage.grid.STEPS`; a set of steps is a mask of those numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from partnerships.coverage.grid import STEPS
from texts.vocabulary import Stage, Transition

NO_STEP = -1
AT = {step: number for number, step in enumerate(STEPS)}

# Who leaves the first goes on to one of the others. A stage is followed by the transition out of it and by the stages
# that transition leads to, for work with eleven-year-olds need not call itself a transition.
_AFTER: Mapping[str, tuple[str, ...]] = {
    Stage.EARLY_YEARS: (Transition.STARTING_SCHOOL, Stage.PRIMARY),
    Transition.STARTING_SCHOOL: (Stage.PRIMARY,),
    Stage.PRIMARY: (Transition.PRIMARY_TO_SECONDARY, Stage.SECONDARY),
    Transition.PRIMARY_TO_SECONDARY: (Stage.SECONDARY,),
    Stage.SECONDARY: (Transition.CHOICES_AT_16, Stage.SIXTEEN_TO_EIGHTEEN),
    Transition.CHOICES_AT_16: (Stage.SIXTEEN_TO_EIGHTEEN,),
    Stage.SIXTEEN_TO_EIGHTEEN: (
        *(Transition.CHOICES_AT_18, Stage.HIGHER),
        *(Transition.INTO_WORK, Stage.STARTING_WORK),
    ),
    Transition.CHOICES_AT_18: (Stage.HIGHER, Transition.INTO_WORK, Stage.STARTING_WORK),
    Stage.HIGHER: (Transition.INTO_WORK, Stage.STARTING_WORK),
    Transition.INTO_WORK: (Stage.STARTING_WORK, Transition.PROGRESSION, Stage.AT_WORK),
    Stage.STARTING_WORK: (Transition.PROGRESSION, Stage.AT_WORK),
    Transition.PROGRESSION: (Stage.AT_WORK,),
    Stage.AT_WORK: (),
    Transition.RETURN: (
        *(Stage.RETURNING, Stage.HIGHER),
        *(Transition.INTO_WORK, Stage.STARTING_WORK, Stage.AT_WORK),
    ),
    Stage.RETURNING: (),
}

# Nobody needs to take up who is at work or back at it, and nobody is fed into life, nor into coming back.
LASTS = (Transition.PROGRESSION, Stage.AT_WORK, Stage.RETURNING)
FIRSTS = (Stage.EARLY_YEARS, Transition.RETURN, Stage.RETURNING)

# The transition at which the chain breaks after a step, and before it.
BREAKS_AFTER: Mapping[str, str] = {
    Stage.EARLY_YEARS: Transition.STARTING_SCHOOL,
    Stage.PRIMARY: Transition.PRIMARY_TO_SECONDARY,
    Stage.SECONDARY: Transition.CHOICES_AT_16,
    Stage.SIXTEEN_TO_EIGHTEEN: Transition.CHOICES_AT_18,
    Stage.HIGHER: Transition.INTO_WORK,
    Stage.STARTING_WORK: Transition.PROGRESSION,
    **{transition: transition for transition in Transition.values},
}
BREAKS_BEFORE: Mapping[str, str] = {
    Stage.PRIMARY: Transition.STARTING_SCHOOL,
    Stage.SECONDARY: Transition.PRIMARY_TO_SECONDARY,
    Stage.SIXTEEN_TO_EIGHTEEN: Transition.CHOICES_AT_16,
    Stage.HIGHER: Transition.CHOICES_AT_18,
    Stage.STARTING_WORK: Transition.INTO_WORK,
    Stage.AT_WORK: Transition.PROGRESSION,
    **{transition: transition for transition in Transition.values},
}

# Ages with which a stage begins and ends where an initiative says none (`texts.vocabulary.Stage`).
STAGE_AGES: Mapping[str, tuple[int, int]] = {
    Stage.EARLY_YEARS: (0, 4),
    Stage.PRIMARY: (5, 11),
    Stage.SECONDARY: (11, 16),
    Stage.SIXTEEN_TO_EIGHTEEN: (16, 18),
}


def mask_of(steps: Iterable[str]) -> int:
    return sum(1 << AT[step] for step in set(steps))


AFTER: tuple[int, ...] = tuple(mask_of(_AFTER[step]) for step in STEPS)
BEFORE: tuple[int, ...] = tuple(
    mask_of(step for step in STEPS if AFTER[AT[step]] >> number & 1) for number in range(len(STEPS))
)


def next_step(step: str) -> str:
    """The step that follows first; the step itself after the last."""
    return _AFTER[step][0] if _AFTER[step] else step


def step_before(step: str) -> str:
    """The nearest step that leads up to it; the step itself before the first."""
    before = [other for other in STEPS if AFTER[AT[other]] >> AT[step] & 1]
    return before[-1] if before else step
