"""Measures, prints tables, and writes them to `var/bench/`."""

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime

from tests.__main__ import POSTGRESQL_URL, postgresql_answers
from tests.benchmarks import comparison, over_http, page_cache
from tests.benchmarks.databases import FOLDER, Site, database_beside

MANY = 20_000
UNITS = 100_000
QUERIES = 1_000


def main() -> int:
    arguments = parse_arguments()
    sites = [Site("demonstration"), Site("many-pages", arguments.pages)]
    results = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "sites": {},
    }
    for site in sites:
        say(f"Preparing {site.name}")
        site.prepare()
        say(f"Measuring {site.name}, in process")
        pages = measured_in_process(site, "pages", arguments.times)
        say(f"Measuring {site.name}, over HTTP")
        results["sites"][site.name] = {
            "pages": pages,
            "http": measured_over_http(site, pages, arguments.seconds),
        }
    say("Measuring the page cache")
    results["page cache"] = page_cache.measured(sites[0], arguments.seconds)
    say("Measuring the edit form, in all languages and in one")
    results["editing"] = measured_editing(sites[0], arguments.times // 4)
    say(f"Measuring the translators' desk on {sites[1].name}")
    results["desk"] = measured_in_process(sites[1], "desk", arguments.times // 10)
    say("Measuring the publication of one language")
    results["publishing"] = measured_in_process(sites[0], "publishing", arguments.times // 10)
    results["search"] = measured_search(sites[1], arguments.queries)
    say(f"Measuring a translation memory of {arguments.units} units")
    output = sites[0].run("tests.benchmarks.memory", "--units", str(arguments.units))
    results["memory"] = json.loads(output.splitlines()[-1])
    print_results(results)
    before = comparison.last_results(FOLDER)
    if before:
        comparison.print_comparison(before, results)
    file = FOLDER / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    file.write_text(json.dumps(results, indent=2) + "\n")
    print(f"\nWritten to {file.relative_to(FOLDER.parent.parent)}")
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…")
    parser.add_argument("--pages", type=int, default=MANY, help="pages of the large site")
    parser.add_argument(
        "--units", type=int, default=UNITS, help="segments in the translation memory"
    )
    parser.add_argument("--queries", type=int, default=QUERIES, help="searches")
    parser.add_argument("--times", type=int, default=100, help="requests to each page in process")
    parser.add_argument("--seconds", type=float, default=3, help="load on each page over HTTP")
    return parser.parse_args()


def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


def measured_in_process(site: Site, what: str, times: int, settings_module=None) -> dict:
    output = site.run(
        "tests.benchmarks.in_process",
        *(what, "--times", str(times)),
        settings_module=settings_module,
    )
    return json.loads(output.splitlines()[-1])


def measured_over_http(site: Site, pages: dict, seconds: float) -> dict:
    """What each page bears where it is made anew, and a static file of the same run."""
    uncached = {"PAGE_CACHE_MEGABYTES": "0"}
    with page_cache.running(site, **uncached) as (_process, port):
        addresses = {name: page["address"] for name, page in pages.items()}
        addresses["Static file"] = a_static_file()
        return {
            name: asdict(over_http.measure(port, address, seconds))
            for name, address in addresses.items()
        }


def a_static_file() -> str:
    """The address of the collected style sheet, with its hash."""
    manifest = json.loads((FOLDER / "static" / "staticfiles.json").read_text())
    return f"/static/{manifest['paths']['css/site.css']}"


def measured_editing(site: Site, times: int) -> dict:
    ours = measured_in_process(site, "editing", times)
    return {
        "all languages": ours["Edit form"],
        "translate view": ours["Translate view"],
        "one language": measured_in_process(
            site, "editing", times, settings_module="tests.benchmarks.one_language"
        )["Edit form"],
    }


def measured_search(site: Site, queries: int) -> dict:
    """On SQLite, and on PostgreSQL where one answers."""
    results = {"SQLite": searched(site, queries)}
    if not postgresql_answers():
        say(f"Search on PostgreSQL is not measured: none answers at {POSTGRESQL_URL}")
        return results
    with database_beside(POSTGRESQL_URL) as url:
        twin = Site(f"{site.name}-postgresql", site.pages, url)
        say(f"Preparing {twin.name}")
        twin.prepare()
        results["PostgreSQL"] = searched(twin, queries)
    return results


def searched(site: Site, queries: int) -> dict:
    say(f"Measuring search on {site.name}")
    output = site.run("tests.benchmarks.search", "--queries", str(queries))
    return json.loads(output.splitlines()[-1])


def print_results(results: dict) -> None:
    for name, measured in results["sites"].items():
        static = measured["http"]["Static file"]["requests_per_second"]
        print(f"\n{name}: in process, then over HTTP; the ratio is to a static file")
        print(
            f"{'':26}{'median ms':>10}{'p99 ms':>8}{'cpu ms':>8}{'queries':>9}{'KB':>6}"
            f"{'req/s':>9}{'p50 ms':>8}{'p99 ms':>8}{'ratio':>7}"
        )
        for page, load in measured["http"].items():
            inside = measured["pages"].get(page)
            alone = (
                f"{inside['median_ms']:>10.1f}{inside['p99_ms']:>8.1f}{inside['cpu_ms']:>8.1f}"
                f"{inside['queries']:>9}{inside['bytes'] / 1000:>6.0f}"
                if inside
                else f"{'':41}"
            )
            rate = load["requests_per_second"]
            print(
                f"{page:26}{alone}{rate:>9.0f}{load['p50_ms']:>8.1f}{load['p99_ms']:>8.1f}"
                f"{rate / static:>7.3f}"
            )
    print_page_cache(results["page cache"])
    languages = results["editing"]
    print_table("Edit form of a page", languages)
    for name in ("all languages", "translate view"):
        wall, cpu = (
            languages[name][measure] / languages["one language"][measure]
            for measure in ("median_ms", "cpu_ms")
        )
        print(f"{f'ratio, {name}':26}{wall:>10.2f}{'':8}{cpu:>8.2f}")
    print_table("Translators’ desk", results["desk"])
    print_table("Publishing", results["publishing"])
    for database, found in results["search"].items():
        title = f"{database}, {found['entries']} entries"
        print(
            f"\n{title:26}{'median ms':>10}{'p95 ms':>8}{'p99 ms':>8}{'p95 cpu':>9}{'queries':>9}"
        )
        for name in ("Search", "Suggestions"):
            row = found[name]
            print(
                f"{name:26}{row['median_ms']:>10.1f}{row['p95_ms']:>8.1f}{row['p99_ms']:>8.1f}"
                f"{row['p95_cpu_ms']:>9.1f}{row['queries']:>9}"
            )
    memory = results["memory"]
    print(f"\n{'Translation memory':26}{'median ms':>10}{'p99 ms':>8}{'cpu ms':>8}")
    for name in ("the same", "nearly", "other"):
        found = memory[name]
        print(f"{name:26}{found['median_ms']:>10.1f}{found['p99_ms']:>8.1f}{found['cpu_ms']:>8.1f}")
    print(f"{memory['units']} units; read in {memory['first_ms']} ms, once a process")


def print_page_cache(results: dict) -> None:
    print(f"\n{'Page cache':26}{'req/s':>9}{'p99 ms':>8}{'static':>9}{'ratio':>7}{'start s':>9}")
    for store in ("memory", "Redis"):
        if row := results.get(store):
            print(
                f"{store:26}{row['page']['requests_per_second']:>9.0f}{row['page']['p99_ms']:>8.2f}"
                f"{row['static']['requests_per_second']:>9.0f}{row['ratio']:>7.2f}"
                f"{row['cold_start_s']:>9.2f}"
            )
    worker = results["worker"]
    print(
        f"A worker takes {worker['early_mb']} MB early, {worker['late_mb']} MB after "
        f"{worker['requests']} requests"
    )
    for sentence in page_cache.missed_goals(results):
        print(f"Goal missed: {sentence}")


def print_table(title: str, rows: dict) -> None:
    print(f"\n{title:26}{'median ms':>10}{'p99 ms':>8}{'cpu ms':>8}{'queries':>9}")
    for name, row in rows.items():
        print(
            f"{name:26}{row['median_ms']:>10.1f}{row['p99_ms']:>8.1f}{row['cpu_ms']:>8.1f}"
            f"{row['queries']:>9}"
        )


if __name__ == "__main__":
    sys.exit(main())
