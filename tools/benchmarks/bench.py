"""What every row is given: how long to measure, and where."""
import contextlib
import dataclasses
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


@dataclasses.dataclass
class Bench:
    folder: pathlib.Path  # this row's alone, removed at its end
    runs: int  # pairs
    seconds: int  # of one run
    nightly: bool

    def new_folder(self, name: str) -> pathlib.Path:
        made = self.folder / name
        made.mkdir(parents=True)
        return made

    @contextlib.contextmanager
    def engines(self):
        """[(engine, function that makes the address of a new database)]; the address is empty on SQLite."""
        postgres = self.folder / "postgres"
        address = subprocess.run([ROOT / "tools/postgres", "start", postgres], check=True, capture_output=True,
                                 text=True).stdout.strip()
        try:
            yield [("SQLite", lambda name: ""), ("PostgreSQL", lambda name: new_database(address, name))]
        finally:
            subprocess.run([ROOT / "tools/postgres", "stop", postgres], check=True, capture_output=True)


def new_database(address: str, name: str) -> str:
    subprocess.run(["psql", "-q", address, "-c", f"CREATE DATABASE {name}"], check=True)
    return address.rsplit("/", 1)[0] + "/" + name
