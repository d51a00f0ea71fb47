#!/usr/bin/env python3
"""Measures `pfocr2rdf convert` on a made database, beside what else one could do, as one table.

    benches/compare/run.py [--records N] [--runs N] [--keep DIR]

Besides the program itself it runs: the floor (examples/floor.rs: every input file read, the same
number of bytes written), pyyaml_convert.py (which must print the same quads), and Oxigraph's
`convert` from ready JSON-LD of the same triples. The last two come from PyPI (pyyaml, oxigraph)
into target/venv. The runs go round, so that what else the machine does hits all of them; of each
the smallest time counts. N-Quads, all parts, written to a file.
"""

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM, PYTHON = ROOT / "target/release/pfocr2rdf", ROOT / "target/venv/bin/python"


def run(command, stdout=subprocess.DEVNULL):
    """Elapsed and CPU seconds and peak memory in MB of a command."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=stdout, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    # 1 tells of problems of the input, which a made database has.
    if process.returncode not in (0, 1):
        sys.exit(f"{command}: {process.returncode}: {error.decode(errors='replace')}")
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def sort(path, target):
    environment = {**os.environ, "LC_ALL": "C"}
    subprocess.run(["sort", "-u", "-o", target, path], check=True, env=environment)


def build():
    cargo = ["cargo", "build", "--release", "--quiet", "--manifest-path", ROOT / "Cargo.toml"]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target")}
    subprocess.run([*cargo, "--bins", "--examples"], check=True, env=environment)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", ROOT / "target/venv"], check=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "pyyaml", "oxigraph==0.5.13"]
    subprocess.run(install, check=True)


def prepare(folder, records):
    """The inputs: a database, the same as archive, and its triples as JSON-LD."""
    database, archive, jsonld = folder / "db", folder / "db.tar.gz", folder / "db.jsonld"
    examples = ROOT / "target/release/examples"
    subprocess.run([examples / "make_corpus", str(records), database], check=True, stdout=sys.stderr)
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        for name in ("_data", "_figures"):
            tar.add(database / name, f"pfocr-database/{name}")
    triples = folder / "db.nt"
    run([PROGRAM, "convert", "-q", "--no-check", database, "-o", triples])
    oxigraph = [PYTHON.parent / "oxigraph", "convert", "--from-file"]
    run([*oxigraph, triples, "--to-file", jsonld, "--to-format", "jsonld"])
    triples.unlink()
    return database, archive, jsonld


def same_quads(folder, database):
    """The script in Python prints the same quads; their number and that of their bytes."""
    ours, theirs = folder / "ours.nq", folder / "theirs.nq"
    run([PROGRAM, "convert", "-q", "--no-check", database, "-o", ours])
    with open(theirs, "wb") as out:
        run([PYTHON, Path(__file__).parent / "pyyaml_convert.py", database, ROOT / "data/organisms.tsv"], out)
    size = ours.stat().st_size
    sort(ours, ours)
    sort(theirs, theirs)
    # Compared by another program: a large process makes its children look large.
    if subprocess.run(["cmp", ours, theirs]).returncode:
        sys.exit("the script in Python prints other quads")
    quads = int(subprocess.run(["wc", "-l", ours], check=True, capture_output=True).stdout.split()[0])
    ours.unlink()
    theirs.unlink()
    return quads, size


def commands(folder, database, archive, jsonld, size):
    """What is measured: name, number of threads, command, and whether it writes to its output."""
    out = folder / "out.nq"
    for threads in (1, 2):
        floor = [ROOT / "target/release/examples/floor", database, size, out, threads]
        yield "floor: read and write", threads, floor
        for source, name in ((database, "directory"), (archive, "tar.gz")):
            convert = [PROGRAM, "convert", "-q", source, "-j", threads, "-o", out]
            yield f"pfocr2rdf, {name}, check", threads, convert
            yield f"pfocr2rdf, {name}, --no-check", threads, [*convert, "--no-check"]
    script = [PYTHON, Path(__file__).parent / "pyyaml_convert.py", database, ROOT / "data/organisms.tsv"]
    yield "Python script, PyYAML in C", 1, script
    oxigraph = PYTHON.parent / "oxigraph"
    yield "oxigraph convert, JSON-LD", 1, [oxigraph, "convert", "--from-file", jsonld, "--to-file", folder / "out.nt"]


def measure(folder, runs, todo):
    best = {}
    for _ in range(runs):
        for name, threads, command in todo:
            with open(folder / "stdout.nq", "wb") as out:
                found = run(command, out)
            best[name, threads] = tuple(map(min, best.get((name, threads), found), found))
            for path in ("out.nq", "out.nt", "stdout.nq"):
                (folder / path).unlink(missing_ok=True)
    return best


def table(best, records, quads):
    floors = {threads: elapsed for (name, threads), (elapsed, *_) in best.items() if "floor" in name}
    print("| | threads | elapsed s | floors | CPU s | records/s | quads/s | quads/CPU s | MB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for (name, threads), (elapsed, cpu, memory) in best.items():
        times = elapsed / floors[threads]
        print(f"| {name} | {threads} | {elapsed:.2f} | {times:.1f} | {cpu:.2f} | {records / elapsed:,.0f} "
              f"| {quads / elapsed:,.0f} | {quads / cpu:,.0f} | {memory:.0f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    options = parser.parse_args()
    build()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        database, archive, jsonld = prepare(folder, options.records)
        quads, size = same_quads(folder, database)
        print(f"{options.records:,} records, {quads:,} quads, {size / 1e9:.2f} GB of N-Quads\n")
        todo = list(commands(folder, database, archive, jsonld, size))
        table(measure(folder, options.runs, todo), options.records, quads)


main()
