"""Restores the broken spots of garbled copies, where a find-and-replace over GBK bytes cut two characters apart.

What happened at such a spot. A mirror site replaced byte pairs by longer ones: a comma before a mark, or ``(pinyin)``
after a character. Some pairs matched across two characters, the second byte of one and the first byte of the next, and
the text was cut between the bytes of a character. The orphaned first byte shows as ``?`` and can swallow the ASCII
byte after it; what follows is read one byte out of step until an ASCII byte brings it back; pairs that GBK does not
define are dropped. `?。ㄈ┩七M(jìn)` was `　（三）推進`: A1 | A1A3 A8C8 [FDA3] A9CD C6DF 4D.

How it is undone. The shown characters are read again as bytes, with the unknown ones (the orphan, the dropped pairs)
left open, and a beam search over the possible originals keeps those that are most likely Chinese. A search state is
the text restored so far and the byte that is pending: the first half of a character whose second half comes next.

    aligned ──"?" + mark────▶ pending     the orphan L is open; L + first byte of the mark is a character
    aligned ──"?" + pinyin)─▶ pending     last byte shown + L is a character of that reading, so L is known
    pending ──shown pair────▶ pending     pending byte + its first byte is a character, its second byte is pending
    pending ──ASCII byte────▶ aligned     it is the second half
    pending ──"?" [pinyin)]─▶ aligned     the second half was orphaned; the reading, if there is one, narrows it
    pending ──(nothing)─────▶ pending     a dropped pair: two open bytes that GBK does not define together
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from lawgov.characters import CharacterModel
from lawgov.gbk import (
    LEADS,
    TRAILS,
    code_of,
    droppable,
    dropped_leads,
    fold,
    is_mark,
    is_text,
    pairs,
    readings,
    tokens,
)
from lawgov.script import only_simplified, simplified_form

BEAM = 32  # states kept a step; the nine spots of the seed are still right at 12 (and 8 after drops)
BEAM_AFTER_DROPS = 16  # fewer after a second dropped pair, where every state fans out by thousands
MARGIN = 12.0  # a state this much less likely than the best is given up; at 9 the spots of garbled reports are still right
LONGEST_DROP = 3  # dropped pairs in a row; about one pair in ten is undefined
LOOKAHEAD = 6  # characters read in step again before a reading is settled
STEPS, CHARACTERS_A_STEP = 600, 100  # steps of all searches on a page, and one more for so many characters; the seed takes 101
LONGEST = 60  # shown characters a spot may span; the longest seen is 12
# Natural logarithms of what is left to chance. All else that is shown follows from the original, dropped pairs too, and
# costs nothing: the likelihood of the original alone decides.
SWALLOWED = math.log(0.3)
LITERAL = math.log(2e-5)  # a question mark of the text itself
LOST = math.log(0.001)  # an orphan that swallowed a letter or digit
SILENT = math.log(0.001)
SIMPLIFIED_HERE = math.log(0.01)  # such pages were converted to traditional characters
ENUMERATOR_DUE = math.log(0.5)
OUT_OF_PLACE = math.log(1e-6)  # an indent that does not stand at the start of a line


@dataclass(frozen=True)
class Restored:
    """The original of a broken spot, where it ends in the shown line, and whether an ASCII character was lost in it."""

    text: str
    end: int
    lost: bool


@dataclass(frozen=True, slots=True)
class _State:
    """A reading so far. ``context`` are the last two characters as the model knows them. ``pending`` is a first byte; if
    ``None`` the text is in step; ``-b`` means that the byte is open but made an undefined pair with b. ``step`` counts
    tokens read in step since; -1 is right behind an orphan. ``lost``: an orphan swallowed a character that nothing tells."""

    out: str
    score: float
    context: str
    pending: int | None = None
    step: int = 0
    lost: bool = False


@dataclass(frozen=True)
class _Place:
    """What is known around a spot: the text of the line before it, and the enumerators that may be due there."""

    before: str
    due: tuple[str, ...]


class Realigner:
    """Restores the broken spots of a page.

    Args:
        characters: says how likely a text is.
        size: the length of the page. Searches stop when they have taken more steps than the spots of such a page need, so
            that a page made of nothing but broken spots does not take for ever; what is left then stays as it is.
        traditional: whether the page is in traditional characters.
        folded: whether its full-width ASCII was folded to half width.
    """

    def __init__(self, characters: CharacterModel, size: int, *, traditional: bool, folded: bool):
        self.characters = characters
        self.traditional = traditional
        self.folded = folded
        self._steps_left = STEPS + size // CHARACTERS_A_STEP
        self._plain_forms: dict[str, tuple[str, float]] = {}
        self._followers: dict[str, list[tuple[int, int, str]]] | None = None
        self._likely: dict[tuple[str, int, bool], list[tuple[float, int, str]]] = {}

    def restore(self, line: str, start: int, *, before: str, due: tuple[str, ...] = ()) -> Restored | None:
        """The original text of the broken spot at `start` of a shown line, or ``None`` if no reading is possible.

        Args:
            line: the line as shown.
            start: where the orphan stands in it.
            before: the text of the line before it, restored; the last characters are enough unless something is due.
            due: enumerators that may be expected here, such as `（三）`.
        """
        window = []
        for token in tokens(line, start):
            window.append(token)
            if len(window) == LONGEST:
                break
        place = _Place(before, due)
        previous = code_of(place.before[-1]) if place.before else b""
        beam = [_State("", 0.0, "".join(self._plain(c)[0] for c in place.before[-2:] if c != "　"))]
        for index, token in enumerate(window):
            self._steps_left -= 1
            if self._steps_left < 0:
                return None
            following = window[index + 1] if index + 1 < len(window) else None
            grown: dict[tuple[str, int | None], _State] = {}
            for state in self._with_drops(beam, place):
                for new in self._read(state, token, following, previous if index == 0 else b"", place):
                    key = (new.out, new.pending)
                    if key not in grown or grown[key].score < new.score:
                        grown[key] = new
            beam = _best(grown, BEAM)
            if not beam:
                return None
            best = beam[0]
            if best.pending is None and best.step >= LOOKAHEAD:
                break
        settled = [state for state in beam if state.pending is None and state.step >= 0]
        if not settled:
            return None
        best = settled[0]
        return Restored(best.out[: len(best.out) - best.step], window[index - best.step].end, best.lost)

    # -- likelihood --------------------------------------------------------------------------------------------------

    def _extend(self, state: _State, text: str, cost: float, place: _Place, pending: int | None = None, step: int = 0, lost: bool = False) -> _State:
        out, score, context = state.out, state.score + cost, state.context
        for character in text:
            score += self._log_probability(character, out, context, place)
            out += character
            if character != "　":
                context = (context + self._plain(character)[0])[-2:]
        return _State(out, score, context, pending, step, state.lost or lost)

    def _log_probability(self, character: str, out: str, context: str, place: _Place) -> float:
        if place.due or character == "　":
            stem = (place.before + out).lstrip("　 ")
            if any(enumerator.startswith(stem + character) for enumerator in place.due):
                return ENUMERATOR_DUE
            if character == "　":  # an indent stands at the start of a line
                return ENUMERATOR_DUE if not stem else OUT_OF_PLACE
        plain, cost = self._plain(character)
        return self.characters.log_probability(plain, context) + cost

    def _plain(self, character: str) -> tuple[str, float]:
        """The character as the model knows it, and the cost of finding it on such a page."""
        found = self._plain_forms.get(character)
        if found is None:
            cost = SIMPLIFIED_HERE if self.traditional and only_simplified(character) else 0.0
            found = self._plain_forms[character] = (fold(simplified_form(character)), cost)
        return found

    # -- dropped pairs -----------------------------------------------------------------------------------------------

    def _with_drops(self, beam: list[_State], place: _Place) -> list[_State]:
        """The states and those that follow from dropped pairs."""
        every, layer = list(beam), [state for state in beam if state.pending is not None]
        floor = beam[0].score - MARGIN
        for depth in range(LONGEST_DROP):
            best: dict[tuple[str, int | None], _State] = {}
            for state in layer:
                for likelihood, trail, character in self._droppable(state, place, guess=depth > 0):
                    if state.score + likelihood < floor:
                        break
                    context = (state.context + self._plain(character)[0])[-2:] if character != "　" else state.context
                    new = _State(state.out + character, state.score + likelihood, context, -trail, 0, state.lost)
                    key = (new.out, new.pending)
                    if key not in best or best[key].score < new.score:
                        best[key] = new
            layer = _best(best, BEAM if depth == 0 else BEAM_AFTER_DROPS)
            every += layer
            if not layer:
                break
        return every

    def _droppable(self, state: _State, place: _Place, *, guess: bool) -> list[tuple[float, int, str]]:
        """Characters that may have stood at a dropped pair, with their second bytes, the likeliest first."""
        if place.due:
            found = self._may_be_dropped(state, place.due, guess)
            return sorted(((self._log_probability(c, state.out, state.context, place), t, c) for t, c in found), reverse=True)[:BEAM]
        key = (state.context, state.pending, guess)
        if key not in self._likely:
            found = self._may_be_dropped(state, (), guess)
            self._likely[key] = sorted(((self._log_probability(c, "…", state.context, place), t, c) for t, c in found), reverse=True)[:BEAM]
        return self._likely[key]

    def _may_be_dropped(self, state: _State, due: tuple[str, ...], guess: bool) -> Iterator[tuple[int, str]]:
        """Where the first byte is open, context alone speaks for a character, so it must have been seen behind the
        character before."""
        leads = _leads(state.pending)
        due_here = "".join(due)
        if len(leads) == 1 and not guess:
            for trail, character in droppable().get(leads[0], ()):
                if self.characters.knows(self._plain(character)[0]) or character in due_here:
                    yield trail, character
            return
        for lead, trail, character in self._seen_after().get(state.context[-1:] or "　", ()):
            if lead in leads:
                yield trail, character
        for character in due_here:
            code = code_of(character)
            if code and code[0] in leads and dropped_leads()[code[1]]:
                yield code[1], character

    def _seen_after(self) -> dict[str, list[tuple[int, int, str]]]:
        """For each character, the droppable ones that the model has seen behind it, with their two bytes."""
        if self._followers is None:
            forms: dict[str, list[tuple[int, int, str]]] = {}
            for lead, characters in droppable().items():
                for trail, character in characters:
                    plain, cost = self._plain(character)
                    if not cost:
                        forms.setdefault(plain, []).append((lead, trail, character))
            self._followers = {}
            for gram in self.characters.counts:
                if len(gram) == 2 and gram[1] in forms:
                    self._followers.setdefault(gram[0], []).extend(forms[gram[1]])
        return self._followers

    # -- transitions -------------------------------------------------------------------------------------------------

    def _read(self, state, token, following, previous, place) -> Iterator[_State]:
        if state.pending is None:
            yield from self._read_in_step(state, token, previous, place)
        else:
            yield from self._read_out_of_step(state, token, following, place)

    def _read_in_step(self, state, token, previous, place) -> Iterator[_State]:
        if state.step == -1:
            yield from self._read_behind_orphan(state, token, place)
        elif token.character:
            yield self._extend(state, token.character, 0.0, place, step=state.step + 1)
        elif token.note:  # the last byte shown and the orphan are the character of that reading
            last = previous or (code_of(state.out[-1]) if state.out else b"")
            for lead in LEADS if last else ():
                crossed = pairs().get((last[1], lead))
                if crossed and token.note in readings(crossed):
                    yield _State(state.out, state.score, state.context, lead, lost=state.lost)
        else:
            yield _State(state.out, state.score, state.context, step=-1, lost=state.lost)
            yield _State(state.out + "?", state.score + LITERAL, (state.context + "?")[-2:], lost=state.lost)

    def _read_behind_orphan(self, state, token, place) -> Iterator[_State]:
        """What follows an orphan without a note is the mark that cut it off; the orphan itself is open."""
        if token.note:
            return
        shown = token.character or "？"  # "??": the second one is the mark
        if is_mark(shown, self.folded or not token.character):
            first, second = code_of(shown)
            for character, _ in _characters(LEADS, (first,)):
                yield self._extend(state, character, 0.0, place, pending=second)
        if shown == ",":  # the inserted comma, where it was not swallowed
            yield _State(state.out, state.score + SWALLOWED, state.context, step=-1, lost=state.lost)

    def _read_out_of_step(self, state, token, following, place) -> Iterator[_State]:
        shown, code = token.character, code_of(token.character or "？", self.folded)
        before_mark = following is not None and is_mark(following.character, self.folded)
        leads = _leads(state.pending)
        known = bool(token.note) or before_mark
        if not shown and (known or len(leads) == 1):  # the second half was orphaned, by a note or by a comma before a mark
            for character, _ in _characters(leads, SECOND_HALVES if token.note else TRAILS):
                if not token.note or token.note in readings(character):
                    yield self._extend(state, character, 0.0 if known else LOST, place, lost=not known)
        if code and (shown or not token.note):
            first, second = code
            for character, _ in _characters(leads, (first,)):
                if second in LEADS:
                    yield self._extend(state, character, 0.0, place, pending=second)
                else:
                    yield self._extend(state, character + chr(second), 0.0, place)
        if shown == "," and before_mark:
            yield _State(state.out, state.score + SWALLOWED, state.context, state.pending, lost=state.lost)
        if "@" <= shown <= "~":
            for character, _ in _characters(leads, (ord(shown),)):
                if not token.note or token.note in readings(character):
                    yield self._extend(state, character, 0.0, place)
        elif shown and len(leads) == 1 and (not code or shown.isdigit()):  # the orphan left no trace
            for character, _ in _characters(leads, TRAILS):
                resumed = self._extend(state, character, SILENT, place)
                if resumed.score > state.score - 2 * MARGIN:
                    yield self._extend(resumed, shown, 0.0, place, step=1)


SECOND_HALVES = tuple(range(0x80, 0xFF))  # those that are not ASCII


def _best(states: dict[tuple[str, int | None], _State], size: int) -> list[_State]:
    """The likeliest states, without those far behind the first."""
    ranked = sorted(states.values(), key=lambda state: -state.score)[:size]
    return [state for state in ranked if state.score > ranked[0].score - MARGIN]


@cache  # 252 keys
def _leads(pending: int) -> tuple[int, ...]:
    """The first bytes that a pending byte can be."""
    return (pending,) if pending >= 0 else dropped_leads()[-pending]


@lru_cache(maxsize=20000)
def _characters(leads: tuple[int, ...] | range, trails: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    """The characters of these first and second bytes that occur in Chinese text, with their second bytes."""
    table = pairs()
    found = ((table.get((lead, trail)), trail) for lead in leads for trail in trails)
    return tuple((character, trail) for character, trail in found if character is not None and is_text(character))
