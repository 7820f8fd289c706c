"""`python -m motcua.cli`: the command line, also where the package's script is not on the path."""

from motcua.cli.main import main

if __name__ == "__main__":
    main()
