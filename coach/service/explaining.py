"""Why a block is where it is."""


def reasons(view, block):
    return ()
