"""Deliveries to the endpoints of partners: where to connect, how to sign, who is sent to next."""
