"""Where the generator meets the outside: MkDocs, the terminal, git and the clock."""
