"""The door that every house opens to its visitors: requests in, answers and refusals out."""
