from partnerships.overlaps.models.judgement import Judgement, Verdict, Weighting
from partnerships.overlaps.models.pair import Pair, Relation, Standing, pair_url
from partnerships.overlaps.models.profile import Profile

__all__ = ["Judgement", "Pair", "Profile", "Relation", "Standing", "Verdict", "Weighting", "pair_url"]
