"""Learn from the vocabulary alone what suits whom, and put it where every house finds it.

python -m services.matching.learning.shipping     after a change of the vocabulary; half a minute
"""

from services.matching.matcher.ltr.affinity_fit import AffinityFit
from services.matching.matcher.ranking.features.affinity import SHIPPED, write
from shared.words import vocabulary


def main() -> None:
    """Learn from the vocabulary and write the table that is shipped."""
    suits = AffinityFit(vocabulary.read([vocabulary.OURS])).fit()
    write(suits, SHIPPED)
    print(f"{SHIPPED.name}: {len(suits.codes)} skills and trades beside {len(suits.units)} unit groups, {suits.digest}")


if __name__ == "__main__":
    main()
