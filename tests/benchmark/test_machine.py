from dataclasses import replace

from qa_service.benchmark.machine import resident_bytes, this_machine


def test_the_machine_is_described() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.cpu
    assert machine.python.startswith("3.")
    assert machine.system


def test_a_machine_is_busy_when_half_its_cores_are() -> None:
    machine = replace(this_machine(), cores=4)
    assert not replace(machine, load=2.0).is_busy
    assert replace(machine, load=2.1).is_busy
    assert not replace(machine, load=None).is_busy


def test_this_process_holds_some_memory() -> None:
    held = resident_bytes()
    assert held is None or 1_000_000 < held < 100_000_000_000
