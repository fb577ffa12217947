"""What programs of tests begin with that kill their children: alone in their processes, they may fork."""

__all__ = ["KILLING"]

# ``killed`` does the work once, which loads all there is to load; then has a child do it in each place and
# kills all but the first of them at another moment. Another child says what is visible, goes on, and says it
# again.
KILLING = """
import json, os, random, signal, sys, time

def child(work, place):
    read, write = os.pipe()
    process = os.fork()
    if not process:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            os.write(write, json.dumps(work(place)).encode())
        except BaseException as error:
            os.write(write, json.dumps(repr(error)).encode())
        os._exit(0)
    os.close(write)
    return process, read

def killed(work, again, places):
    moments = random.Random(7)
    first, *places = places
    work(first)
    results = [again(first)]
    took = []
    for number, place in enumerate(places):
        began = time.monotonic()
        process, pipe = child(work, place)
        if number:
            time.sleep(took[0] * (number - 1 + moments.random()) / (len(places) - 1))
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(pipe)
        took.append(time.monotonic() - began)
        process, pipe = child(again, place)
        with os.fdopen(pipe, "rb") as file:
            results.append(json.loads(file.read()))
        os.waitpid(process, 0)
    return results
"""
