"""Readers of a public page and of a circle's photo, and how long they wait."""
import http.client
import multiprocessing
import time


def read(house, seconds: float, pause: float, into) -> None:
    """Puts (waits in seconds, failures) into the queue; a new connection after every fifty answers."""
    waits, failures, connection = [], 0, None
    shown = {"Authorization": "Bearer " + house.reader_token}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked, headers = ((house.public, {}), (house.photo, shown))[len(waits) % 2]
        begin = time.monotonic()
        try:
            if connection is None or len(waits) % 50 == 0:
                connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
            connection.request("GET", asked, headers=headers)
            answer = connection.getresponse()
            answer.read()
            failures += answer.status != 200
        except (OSError, http.client.HTTPException):
            failures, connection = failures + 1, None
        waits.append(time.monotonic() - begin)
        time.sleep(pause)
    into.put((waits, failures))


def crowd(house, seconds: float, readers: int = 3, pause: float = 0.004) -> tuple:
    """(sorted waits, failures) of some readers at a time."""
    into = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=read, args=(house, seconds, pause, into), daemon=True) for _ in range(readers)]
    for process in processes:
        process.start()
    results = [into.get(timeout=seconds + 120) for _ in processes]
    for process in processes:
        process.join()
    return sorted(wait for waits, _ in results for wait in waits), sum(failures for _, failures in results)


def quantile(waits: list, part: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * part))]
