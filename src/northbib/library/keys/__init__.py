"""Citation keys: a pattern says what they are made of; each is plain ASCII and used once.

pattern = Pattern.parse("auth.lower + shorttitle(3, 3) + year")
pattern.key(record, taken=keys)                  # leePowerhouseCardsUnderstanding2017
new_key(record, keys)                            # by the default pattern: lee2017powerhouse
"""

from northbib.library.keys.pattern import DEFAULT, Pattern
from northbib.library.keys.unique import new_key

__all__ = ["DEFAULT", "Pattern", "new_key"]
