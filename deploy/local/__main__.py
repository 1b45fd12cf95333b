"""`python -m deploy.local` and `./lumbung`: run, look at and mend the Lumbung of this machine."""

from deploy.local.command import app

if __name__ == "__main__":
    app(prog_name="lumbung")
