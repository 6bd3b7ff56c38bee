"""What visitors get of a site behind the cache."""

import threading
import time

import pytest

from lihsite.delivery.page_cache.answers import STALE
from lihsite.delivery.page_cache.stores import MemoryStore
from lihsite.delivery.page_cache.tokens import Unknown

from .site import Visitors


@pytest.fixture
def visitors():
    return Visitors()


def test_the_site_is_asked_once_for_what_all_may_see(visitors):
    first, second = visitors.get(), visitors.get()
    assert visitors.asked == 1
    assert first.text == second.text == visitors.site.body
    assert visitors.site.closed == 1
    assert "stored" in first.cache
    assert second.cache.endswith("hit")


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_each_encoding_is_ready_and_has_an_etag_of_its_own(visitors, encoding):
    visitors.get()
    answer = visitors.get(accept_encoding=encoding)
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert answer.text == visitors.site.body
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"
    others = {visitors.get(accept_encoding=name).headers["etag"] for name in ("br", "gzip", "x")}
    assert len(others) == 3


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br;q=0.000, gzip;q=0.0", "identity"),
        ("*", "br"),
        ("", "identity"),
        ("nonsense;;;q=,,", "identity"),
    ],
)
def test_an_encoding_is_sent_that_the_visitor_reads(visitors, header, encoding):
    answer = visitors.get(accept_encoding=header)
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert answer.text == visitors.site.body


def test_who_has_the_page_already_is_told_so_without_a_body(visitors):
    known = visitors.get(accept_encoding="br").headers["etag"]
    answer = visitors.get(accept_encoding="br", if_none_match=f'"other", {known}')
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == known
    assert answer.headers["cache-control"] == "public"
    assert "content-length" not in answer.headers
    assert visitors.get(accept_encoding="gzip", if_none_match=known).status == 200


@pytest.mark.parametrize("known", ["W/{}", '"a", W/{}', "*", " * "])
def test_a_copy_may_be_named_weakly_or_by_an_asterisk(visitors, known):
    etag = visitors.get(accept_encoding="br").headers["etag"]
    answer = visitors.get(accept_encoding="br", if_none_match=known.format(etag))
    assert (answer.status, answer.body) == (304, b"")
    assert (answer.headers["etag"], answer.headers["vary"]) == (etag, "Accept-Encoding")


@pytest.mark.parametrize("known", ['"other"', 'W/"other", "another"', "", "nonsense", '"*"'])
def test_other_copies_are_not_ours(visitors, known):
    visitors.get()
    assert visitors.get(if_none_match=known).status == 200


def test_head_gets_the_headers_alone_and_makes_nothing(visitors):
    assert visitors.get(method="HEAD").cache == ""
    whole = visitors.get()
    answer = visitors.get(method="HEAD")
    assert (answer.body, answer.headers["content-length"]) == (b"", str(len(whole.body)))
    assert visitors.asked == 2


def test_whatever_changes_the_content_makes_every_answer_old_at_once(visitors):
    visitors.get()
    visitors.get("/fr/")
    visitors.token.value = b"second"
    visitors.site.body = b"<p>New</p>"
    assert visitors.get().text == b"<p>New</p>"
    assert visitors.get("/fr/").text == b"<p>New</p>"
    assert visitors.asked == 4


def test_an_answer_is_old_from_its_hour_on(visitors):
    visitors.site.fresh_until = time.time() - 1
    visitors.get()
    visitors.get()
    assert visitors.asked == 2


def test_a_change_while_a_page_is_made_makes_that_page_old(visitors):
    visitors.site.gate = threading.Event()
    made = threading.Thread(target=visitors.get)
    made.start()
    wait_for(lambda: visitors.asked == 1)
    visitors.token.value = b"second"
    visitors.site.gate.set()
    made.join()
    visitors.get()
    assert visitors.asked == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "theme=dark; sessionid=abc"},
        {"cookie": "messages=abc"},
        {"authorization": "Bearer abc"},
        {"range": "bytes=0-10"},
    ],
)
def test_who_may_get_something_else_is_answered_by_the_site(visitors, headers):
    visitors.get()
    assert visitors.get(**headers).cache == ""
    assert visitors.asked == 2


@pytest.mark.parametrize(
    ("path", "method"),
    [("/admin/", "GET"), ("/media/a.jpg", "GET"), ("/documents/1/a.pdf", "GET"), ("/en/", "POST")],
)
def test_what_is_no_page_for_all_is_answered_by_the_site(visitors, path, method):
    visitors.get(path, method=method)
    visitors.get(path, method=method)
    assert visitors.asked == 2


def test_what_the_site_does_not_give_to_all_is_not_kept(visitors):
    visitors.site.fresh_until = None
    answers = [visitors.get(), visitors.get()]
    assert visitors.asked == 2
    assert [answer.text for answer in answers] == [visitors.site.body] * 2
    assert [answer.cache for answer in answers] == ["", ""]


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "500 Internal Server Error"])
def test_only_whole_pages_are_kept(visitors, status):
    visitors.site.status = status
    assert visitors.get().status == int(status[:3])
    visitors.get()
    assert visitors.asked == 2


def test_hosts_schemes_paths_and_queries_are_told_apart(visitors):
    visitors.get()
    for asked in (
        {"host": "other.example.org"},
        {"x_forwarded_proto": "https"},
        {"path": "/fr/"},
        {"query": "page=2"},
    ):
        visitors.get(**asked)
    assert visitors.asked == 5


def test_what_newsletters_add_to_an_address_makes_no_other_page(visitors):
    visitors.get(query="year=2026&topic=3")
    visitors.get(query="topic=3&utm_source=letter&year=2026&fbclid=x")
    assert visitors.asked == 1
    assert visitors.site.requests[0]["QUERY_STRING"] == "topic=3&year=2026"


def test_while_one_page_is_made_anew_the_others_get_the_last_good_one(visitors):
    visitors.get()
    visitors.token.value = b"second"
    visitors.site.gate = threading.Event()
    made = threading.Thread(target=visitors.get)
    made.start()
    wait_for(lambda: visitors.asked == 2)
    answers = [visitors.get() for _ in range(20)]
    assert {answer.text for answer in answers} == {visitors.site.body}
    assert all("stale" in answer.cache for answer in answers)
    visitors.site.gate.set()
    made.join()
    assert visitors.asked == 2


def test_many_who_ask_for_a_new_page_at_once_wait_for_one(visitors):
    visitors.site.gate = threading.Event()
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(visitors.get())) for _ in range(20)]
    for thread in threads:
        thread.start()
    wait_for(lambda: visitors.asked == 1)
    visitors.site.gate.set()
    for thread in threads:
        thread.join()
    assert visitors.asked == 1
    assert [answer.text for answer in answers] == [visitors.site.body] * 20


def test_where_the_site_fails_the_last_good_page_is_given(visitors):
    visitors.get()
    visitors.token.value = b"second"
    visitors.site.status = "500 Internal Server Error"
    answer = visitors.get()
    assert (answer.status, answer.text) == (200, visitors.site.body)
    assert "stale-if-error" in answer.cache
    visitors.site.status = "200 OK"
    assert "stored" in visitors.get().cache


def test_caches_in_front_keep_nothing_that_the_site_is_asked_for_anew(visitors):
    """They were told of the change already: what they kept now would stay."""
    known = visitors.get().headers["etag"]
    visitors.token.value = b"second"
    visitors.site.gate = threading.Event()
    made = threading.Thread(target=visitors.get)
    made.start()
    wait_for(lambda: visitors.asked == 2)
    stale, unchanged = visitors.get(), visitors.get(if_none_match=known)
    visitors.site.gate.set()
    made.join()
    assert [stale.status, unchanged.status] == [200, 304]
    for answer in (stale, unchanged):
        assert "stale" in answer.cache
        assert answer.headers["cache-control"] == "private, no-cache"
    assert visitors.get().headers["cache-control"] == "public"


@pytest.mark.parametrize("has_it", [True, False])
def test_caches_in_front_keep_nothing_beyond_an_outage(visitors, has_it):
    known = visitors.get().headers["etag"]
    visitors.token.value = b"second"
    visitors.site.status = "503 Service Unavailable"
    answer = visitors.get(if_none_match=known if has_it else "")
    assert (answer.status, "stale-if-error" in answer.cache) == (304 if has_it else 200, True)
    assert answer.headers["cache-control"] == "private, no-cache"
    visitors.site.status = "200 OK"
    assert visitors.get().headers["cache-control"] == "public"


@pytest.mark.parametrize(
    ("state", "told"),
    [("first", "public"), ("second", "private, no-cache"), (None, "private, no-cache")],
)
def test_caches_in_front_keep_no_page_that_changed_while_it_was_made(visitors, state, told):
    visitors.token.change("first")
    visitors.site.gate = threading.Event()
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(visitors.get())) for _ in range(3)]
    for thread in threads:
        thread.start()
    wait_for(lambda: visitors.asked == 1)
    if state:
        visitors.token.change(state)
    else:
        visitors.token.current = unknown
    visitors.site.gate.set()
    for thread in threads:
        thread.join()
    assert [answer.headers["cache-control"] for answer in answers] == [told] * 3


@pytest.mark.parametrize(
    ("status", "fresh_until"), [("404 Not Found", None), ("302 Found", None), ("200 OK", None)]
)
def test_what_is_withdrawn_is_given_to_nobody_any_more(visitors, status, fresh_until):
    """Neither while the site is asked once more, nor where it then fails."""
    visitors.get()
    visitors.token.value = b"second"
    visitors.site.status, visitors.site.fresh_until = status, fresh_until
    visitors.site.body = b"not this"
    visitors.get()
    visitors.application.never_kept.clear()
    visitors.site.gate = threading.Event()
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(visitors.get())) for _ in range(3)]
    for thread in threads:
        thread.start()
    visitors.site.gate.set()
    for thread in threads:
        thread.join()
    assert {answer.text for answer in answers} == {b"not this"}
    visitors.site.status = "500 Internal Server Error"
    assert visitors.get().status == 500
    assert visitors.store.bytes == 0


@pytest.mark.parametrize("withdraws", [True, False])
def test_what_is_withdrawn_is_given_to_nobody_while_the_site_is_asked(visitors, withdraws):
    visitors.get()
    before = visitors.site.body
    visitors.token.change("second", withdraws=withdraws)
    visitors.site.status, visitors.site.fresh_until = "302 Found", None
    visitors.site.body = b"Sign in"
    visitors.site.gate = threading.Event()
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(visitors.get())) for _ in range(6)]
    for thread in threads:
        thread.start()
    wait_for(lambda: withdraws or len(answers) == 5)
    visitors.site.gate.set()
    for thread in threads:
        thread.join()
    texts = [answer.text for answer in answers]
    assert texts.count(before) == (0 if withdraws else 5)
    assert texts.count(b"Sign in") == (6 if withdraws else 1)


def test_what_was_withdrawn_is_not_given_where_the_site_fails(visitors):
    """Though nobody has asked for it meanwhile, and something else was published since."""
    visitors.get()
    visitors.token.change("second", withdraws=True)
    visitors.token.change("third")
    visitors.site.status = "503 Service Unavailable"
    assert visitors.get().status == 503


def test_what_is_withdrawn_while_the_site_fails_is_not_given(visitors):
    visitors.get()
    visitors.token.change("second")
    visitors.site.status = "503 Service Unavailable"
    visitors.site.gate = threading.Event()
    answers = []
    asking = threading.Thread(target=lambda: answers.append(visitors.get()))
    asking.start()
    wait_for(lambda: visitors.asked == 2)
    visitors.token.change("third", withdraws=True)
    visitors.site.gate.set()
    asking.join()
    assert [answer.status for answer in answers] == [503]


def test_where_nobody_knows_what_is_withdrawn_the_last_good_page_is_not_given(visitors):
    visitors.get()
    visitors.token.change("second")
    visitors.site.status = "503 Service Unavailable"
    known = [visitors.token.value]

    def known_once():
        if not known:
            raise Unknown
        return known.pop()

    visitors.token.current = known_once
    assert visitors.get().status == 503


@pytest.mark.parametrize(("seconds_left", "status"), [(5, 200), (-5, 503)])
def test_the_last_good_page_is_given_for_an_hour_after_its_own_time(visitors, seconds_left, status):
    visitors.site.fresh_until = time.time() + seconds_left - STALE
    visitors.get()
    visitors.site.status = "503 Service Unavailable"
    assert visitors.get().status == status


def test_an_answer_that_sets_a_cookie_is_for_one_alone(visitors):
    visitors.site.headers.append(("Set-Cookie", "a=b"))
    assert visitors.get().headers["set-cookie"] == "a=b"
    assert visitors.get().cache == ""
    assert visitors.asked == 2


def test_an_exception_of_the_site_leaves_nobody_waiting(visitors):
    def broken(environ, start_response):
        raise RuntimeError("out of order")

    visitors.application.application = broken
    with pytest.raises(RuntimeError):
        visitors.get()
    visitors.application.application = visitors.site
    assert visitors.get().status == 200


def test_without_the_state_of_the_content_every_page_is_made(visitors):
    visitors.get()
    visitors.token.current = unknown
    assert visitors.get().cache == ""
    assert visitors.asked == 2


def test_visits_of_pages_are_counted_where_the_site_does_not_see_them(visitors):
    visitors.get()
    assert visitors.visits == []
    visitors.get()
    known = visitors.get(accept_encoding="br").headers["etag"]
    visitors.get(accept_encoding="br", if_none_match=known)
    assert len(visitors.visits) == 3
    visitors.site.headers = [("Content-Type", "application/rss+xml")]
    visitors.get("/en/news/feed/")
    visitors.get("/en/news/feed/")
    assert len(visitors.visits) == 3


def store_for(answers: int) -> MemoryStore:
    """One with room for so many answers of the test's site."""
    visitors = Visitors()
    visitors.get()
    return MemoryStore(answers * visitors.store.bytes + 100 * answers)


def test_what_was_not_asked_for_longest_makes_room():
    visitors = Visitors(store=store_for(3))
    for path in ("/1/", "/2/", "/3/", "/4/"):
        visitors.get(path)
    assert [visitors.get(path).cache.endswith("hit") for path in ("/4/", "/3/", "/2/")] == [
        True
    ] * 3
    assert visitors.store.bytes <= visitors.store.most_bytes
    assert "stored" in visitors.get("/1/").cache


def test_what_was_asked_for_once_makes_room_for_what_all_read():
    visitors = Visitors(store=store_for(5))
    for path in ("/home/", "/news/", "/home/", "/news/"):
        visitors.get(path)
    for number in range(20):
        visitors.get(f"/search/{number}/")
    assert visitors.get("/home/").cache.endswith("hit")
    assert visitors.get("/news/").cache.endswith("hit")
    assert visitors.store.bytes <= visitors.store.most_bytes


def test_what_all_have_read_makes_room_for_what_all_read_now():
    visitors = Visitors(store=store_for(10))
    for number in (*range(10), *range(10)):
        visitors.get(f"/old/{number}/")
    for _ in range(2):
        for path in ("/new/1/", "/new/2/", "/new/1/", "/new/2/"):
            visitors.get(path)
    assert visitors.get("/new/1/").cache.endswith("hit")
    assert visitors.get("/new/2/").cache.endswith("hit")
    assert visitors.store.bytes <= visitors.store.most_bytes


def test_what_is_forgotten_takes_no_room():
    visitors = Visitors()
    for path in ("/1/", "/2/", "/2/"):
        visitors.get(path)
    for key in (*visitors.store.once, *visitors.store.often):
        visitors.store.forget(key)
    assert (visitors.store.bytes, visitors.store.bytes_of_often) == (0, 0)


def unknown():
    raise Unknown


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
