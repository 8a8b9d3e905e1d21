"""`python -m servicebook`: the same verbs as the console script."""

from servicebook.adapters.command_line import main

if __name__ == "__main__":
    main()
