"""The nouns of the training house and what is true of them: providers, courses, batches, enrolments. Pure Python."""
