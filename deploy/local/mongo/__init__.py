"""MongoDB on a laptop: by what is there, always with a user per house.

`engines` finds the server and knows how each kind is started, `users` makes the logins before anybody else may connect.
"""

from deploy.local.mongo.engines import Engine, database_name, find, present
from deploy.local.mongo.users import Server, check_existing

__all__ = ["Engine", "Server", "check_existing", "database_name", "find", "present"]
