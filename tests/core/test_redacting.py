"""What counts as one telling that can be taken back."""

from __future__ import annotations

from dataclasses import replace

from core.call import Medium, Piece, Point
from core.lifecycle import Action
from core.redacting import GONE, left, tellings, without
from tests.builders import LIN, a_call, an_entry, words

SAID = (*words("灯不亮"), Piece(Medium.PHOTO, file="a"), Piece(Medium.PLACE, point=Point(23, 113)))


def test_each_piece_of_the_first_telling_and_the_details_but_not_the_place():
    own = tellings(a_call(pieces=SAID, details="三零七"), ())

    assert [one.key for one in own] == ["p0", "p1", "details"]


def test_its_place_is_kept_and_everything_else_as_it_was():
    call = a_call(pieces=SAID)

    kept = without(call, tellings(call, ())[0])

    assert kept.pieces == (GONE, *SAID[1:])
    assert left(kept) == SAID[1:]
    assert [one.key for one in tellings(kept, ())] == ["p1"]


def test_what_was_put_right_goes_with_what_it_was_before():
    added = an_entry(id=7, action=Action.ADD, actor=LIN, pieces=words("三零六"))
    amended = an_entry(
        id=9, action=Action.AMEND, actor=LIN, pieces=words("三零七"), facts={"corrects": 7}
    )
    again = replace(amended, id=11, pieces=words("三零八"), facts={"corrects": 9})

    *_first, own = tellings(a_call(), (added, amended, again))

    assert own.entries == (7, 9, 11)
    assert own.pieces == words("三零八")


def test_an_album_goes_as_a_whole():
    photos = [
        an_entry(
            id=n, action=Action.ADD, actor=LIN, pieces=(Piece(Medium.PHOTO, file=f, album="x"),)
        )
        for n, f in ((3, "a"), (4, "b"))
    ]

    *_first, own = tellings(a_call(), photos)

    assert (own.entries, len(own.pieces)) == ((3, 4), 2)


def test_what_others_said_is_not_theirs_to_take_back():
    by_agency = an_entry(id=3, action=Action.REPLY, agency="a", pieces=words("明天去"))
    by_another = an_entry(id=4, action=Action.ADD, actor=1002, pieces=words("我也是"))

    assert [one.key for one in tellings(a_call(), (by_agency, by_another))] == ["p0"]
