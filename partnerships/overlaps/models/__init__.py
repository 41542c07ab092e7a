from partnerships.overlaps.models.judgement import Judgement, Verdict, Weighting
from partnerships.overlaps.models.lexicon import Lexicon
from partnerships.overlaps.models.pair import Pair, Relation, Standing, pair_url
from partnerships.overlaps.models.profile import Profile
from partnerships.overlaps.models.told import Told

__all__ = [
    "Judgement",
    "Lexicon",
    "Pair",
    "Profile",
    "Relation",
    "Standing",
    "Told",
    "Verdict",
    "Weighting",
    "pair_url",
]
