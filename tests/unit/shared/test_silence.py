"""One request waits for a silent database; the others are told at once."""

from pymongo.errors import NetworkTimeout

from shared.documents.silence import AGAIN_SECONDS, Silence


def test_one_asks_again_once_a_second_until_there_is_an_answer() -> None:
    now, asked, away = [0.0], [0], [True]

    def ping() -> None:
        asked[0] += 1
        if away[0]:
            raise NetworkTimeout("no answer")

    silence = Silence(ping, lambda: now[0])
    assert not silence.lasts() and asked == [0]
    silence.fell()
    assert [silence.lasts() for _ in range(50)] == [True] * 50
    assert asked == [0]
    now[0] += AGAIN_SECONDS
    assert [silence.lasts() for _ in range(50)] == [True] * 50
    assert asked == [1]
    away[0] = False
    now[0] += AGAIN_SECONDS
    assert not silence.lasts()
    assert not silence.lasts() and asked == [2]


def test_while_one_asks_the_others_do_not_wait() -> None:
    def ping() -> None:
        assert silence.lasts()  # another request, in the middle of the question

    silence = Silence(ping, lambda: 10.0)
    silence.fell()
    silence._again_at = 0.0
    assert not silence.lasts()
