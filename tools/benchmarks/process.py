"""Processes that are measured: started on 127.0.0.1, waited for, looked into by /proc, and ended by their own id."""
import os
import pathlib
import signal
import socket
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 30.0  # seconds until a server must answer, or end


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def first_answer(port: int, path: str, headers=()) -> bytes:
    """Asks until something answers; the start line and the headers of that answer."""
    lines = "".join(header + "\r\n" for header in ("Host: 127.0.0.1", "Connection: close", *headers))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as asked:
                asked.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
                answer = b""
                while b"\r\n\r\n" not in answer and (more := asked.recv(65536)):
                    answer += more
                if answer:
                    return answer.split(b"\r\n\r\n")[0] + b"\r\n\r\n"
        except OSError:
            pass
        time.sleep(0.0005)
    raise SystemExit(f"nothing answers at 127.0.0.1:{port}{path}")


def stat_fields(pid: int) -> list:
    """Of /proc/PID/stat, from the state on."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


class Server:
    """A process and those it started. To be used by `with`."""

    def __init__(self, command: list, port: int, path: str, environment: dict = {}):
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        before = time.monotonic()
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=os.environ | environment)
        try:
            self.head = first_answer(port, path)
        except BaseException:
            self.stop()
            raise
        self.started_in = time.monotonic() - before

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def pids(self) -> list:
        found = [self.process.pid]
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                parent = int(stat_fields(int(pid))[1])
            except (OSError, IndexError):
                continue
            if parent == self.process.pid:
                found.append(int(pid))
        return found

    def cpu_seconds(self) -> float:
        """Of all its processes, those that ended included."""
        ticks = sum(int(ticks) for ticks in stat_fields(self.process.pid)[13:15])
        for pid in self.pids():
            ticks += sum(int(ticks) for ticks in stat_fields(pid)[11:13])
        return ticks / TICK

    def memory_mib(self, which: str = "VmRSS") -> float:
        """Of the main process. `which`: VmRSS now, VmHWM the most since forget_peak()."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(which + ":"):
                return int(line.split()[1]) / 1024
        raise SystemExit(f"the process {self.process.pid} has no {which}")

    def shared_memory_mib(self) -> float:
        """Of all its processes, what several share counted once."""
        total = 0
        for pid in self.pids():
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) if line.startswith("Pss:") else 0
        return total / 1024

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
