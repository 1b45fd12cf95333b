"""Documents in MongoDB: connect, save an aggregate together with its event, remember a request."""
