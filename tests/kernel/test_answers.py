"""Answers kept for a retry, also when the retry comes before the first answer is given."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from motcua.accounts.models import User
from motcua.kernel.answers import KEPT_FOR, Answer, KeyReused, Request, answer_once, forget_answers
from motcua.kernel.models import KeptAnswer
from motcua.kernel.tasks import forget_old_answers
from tests.make import MONDAY, make_user


def request_of(user: User, *, key: str = "k", said: str = "a" * 64) -> Request:
    return Request(actor=user, key=key, request_hash=said, at=MONDAY)


@pytest.mark.django_db
def test_the_second_time_nothing_is_done() -> None:
    user, done = make_user(), []

    def act() -> Answer:
        done.append(1)
        return Answer(status=201, body={"reference": "T-1"})

    first, second = (answer_once(request_of(user), act) for _ in range(2))

    assert (first.is_repeat, second.is_repeat, len(done)) == (False, True, 1)
    assert (second.status, second.body) == (first.status, first.body)


@pytest.mark.django_db
def test_another_request_under_the_key_is_refused() -> None:
    user = make_user()
    answer_once(request_of(user), lambda: Answer(200, {}))

    with pytest.raises(KeyReused):
        answer_once(request_of(user, said="b" * 64), lambda: Answer(200, {}))


@pytest.mark.django_db
def test_an_act_that_fails_leaves_the_key_free() -> None:
    user = make_user()

    def fails() -> Answer:
        raise LookupError

    with pytest.raises(LookupError), transaction.atomic():
        answer_once(request_of(user), fails)

    assert not answer_once(request_of(user), lambda: Answer(200, {})).is_repeat


@pytest.mark.django_db(transaction=True)
def test_a_retry_that_overtakes_the_first_answer_waits_for_it() -> None:
    user, is_at_work, may_end = make_user(), threading.Event(), threading.Event()
    answers: list[Answer] = []

    def slowly() -> Answer:
        is_at_work.set()
        assert may_end.wait(10)
        return Answer(201, {"reference": "T-1"})

    def ask(act: object) -> None:
        assert callable(act)
        try:
            answers.append(answer_once(request_of(user), act))
        finally:
            connection.close()

    first = threading.Thread(target=ask, args=[slowly])
    first.start()
    assert is_at_work.wait(10)
    retry = threading.Thread(target=ask, args=[lambda: Answer(201, {"reference": "T-2"})])
    retry.start()
    may_end.set()
    for thread in (first, retry):
        thread.join(10)

    assert sorted((answer.is_repeat, answer.body["reference"]) for answer in answers) == [(False, "T-1"), (True, "T-1")]
    assert KeptAnswer.objects.count() == 1


@pytest.mark.django_db
def test_answers_are_forgotten_after_a_week() -> None:
    user = make_user()
    answer_once(request_of(user), lambda: Answer(200, {}))

    assert forget_answers(MONDAY + KEPT_FOR) == 0
    assert forget_answers(MONDAY + KEPT_FOR + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_the_nightly_job_forgets_what_is_old_by_then() -> None:
    answer_once(request_of(make_user()), lambda: Answer(200, {}))

    forget_old_answers(timestamp=0)

    assert KeptAnswer.objects.count() == 0
