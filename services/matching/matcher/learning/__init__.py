"""The ranking learns with these: boosted trees over lists, kept as plain arrays that explain themselves exactly.

`forest` reads and explains trees and needs numpy only; `lists` grows them with scikit-learn, which takes seconds to
import. A process that serves needs the first alone, so neither is imported here.
"""
