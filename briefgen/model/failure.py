"""What the machine refuses. A problem in content is a value instead: see `model.problem`."""


class Failure(Exception):
    """An operation that the machine refused (disk, port, git, network): one sentence and a next step; exit code 2."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
