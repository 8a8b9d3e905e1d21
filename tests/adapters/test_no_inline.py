"""Scripts and styles of the theme go to files of their own."""

from servicebook.adapters.no_inline import Aside, with_policy


def test_scripts_and_styles_become_files() -> None:
    """Named by their content, so that pages share them."""
    aside = Aside()

    first = aside.take_out("<script>let a = 1</script><style>p{color:red}</style>", "..")
    second = aside.take_out('<script type="module">let a = 1</script>', ".")

    assert sorted(aside.files.values()) == ["let a = 1", "p{color:red}"]
    script, style = sorted(aside.files)
    assert first == f'<script src="../{script}"></script><link rel="stylesheet" href="../{style}">'
    assert second == f'<script type="module" src="./{script}"></script>'


def test_what_does_not_run_or_lies_elsewhere_stays() -> None:
    """Data, files that are linked already, empty elements."""
    html = '<script type="application/json">{"a": 1}</script><script src="x.js"></script><script></script>'
    aside = Aside()

    assert aside.take_out(html, ".") == html
    assert not aside.files


def test_the_policy_comes_first() -> None:
    """Before anything that it governs."""
    assert with_policy('<head><meta charset="utf-8"><link></head>').startswith(
        '<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"'
    )
