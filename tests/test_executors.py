from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from recording import RecordingExecutor

from curator.executors import PerWorker, in_order, workers


def double(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("ahead", [1, 2, 100])
def test_results_come_in_the_order_of_the_batches(ahead: int) -> None:
    batches = [(str(number), number) for number in range(20)]
    expected = [(str(number), 2 * number) for number in range(20)]
    with ThreadPoolExecutor(4) as executor:
        assert list(in_order(executor, double, batches, ahead)) == expected
    assert list(in_order(RecordingExecutor(), double, batches, ahead)) == expected
    assert list(in_order(None, double, batches, ahead)) == expected


def test_no_more_batches_are_taken_ahead_than_asked_for() -> None:
    taken: list[int] = []

    def batches() -> Iterator[tuple[int, int]]:
        for number in range(20):
            taken.append(number)
            yield number, number

    found = in_order(RecordingExecutor(), double, batches(), 3)
    next(found)
    assert taken == [0, 1, 2]


def test_each_worker_makes_its_tool_once_and_shares_it_with_no_other() -> None:
    with ThreadPoolExecutor(2) as executor:
        tool = PerWorker(list, "ab")
        both = threading.Barrier(2)

        def meet(_: int) -> tuple[int, int]:
            both.wait(60)
            return id(tool.get()), id(tool.get())

        (one, again), (other, _) = executor.map(meet, range(2))
        assert one == again != other


def test_an_executor_of_the_caller_stays_open_and_one_job_starts_none() -> None:
    executor = RecordingExecutor()
    with workers(executor, 5) as used:
        assert used is executor
    assert not executor.is_shut
    with workers(None, 1) as used:
        assert used is None
