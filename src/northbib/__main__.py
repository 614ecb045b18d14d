"""`python -m northbib`, the same as `northbib`."""

from northbib.cli import main

if __name__ == "__main__":
    main()
