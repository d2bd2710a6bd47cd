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

BEAM = 40  # states kept a step; the nine spots of the seed are still right at 12 (and 8 after drops)
BEAM_AFTER_DROPS = 20  # fewer after a second dropped pair, where every state fans out by thousands
LOOKAHEAD = 6  # characters read in step again before a reading is settled
LONGEST = 160  # shown characters a spot may span; the longest seen is 12
# Natural logarithms of what is left to chance. All else that is shown follows from the original, dropped pairs too, and
# costs nothing: the likelihood of the original alone decides.
SWALLOWED = math.log(0.3)
LITERAL = math.log(0.001)
SILENT = math.log(0.001)
SIMPLIFIED_HERE = math.log(0.01)  # such pages were converted to traditional characters
ENUMERATOR_DUE = math.log(0.5)


@dataclass(frozen=True)
class _State:
    """A reading so far. ``pending`` is a first byte; if ``None`` the text is in step; ``-b`` means that the byte is
    open but made an undefined pair with b. ``step`` counts tokens read in step since; -1 is right behind an orphan."""

    out: str
    score: float
    pending: int | None = None
    step: int = 0


class Realigner:
    """Restores broken spots, given a character model and whether the page is in traditional characters."""

    def __init__(self, characters: CharacterModel, *, traditional: bool):
        self.characters = characters
        self.traditional = traditional
        self._plain_forms: dict[str, tuple[str, float]] = {}
        self._followers: dict[str, list[tuple[int, int, str]]] | None = None

    def restore(self, line: str, start: int, *, before: str, due: tuple[str, ...] = ()) -> tuple[str, int] | None:
        """The original text of the broken spot at `start` of a shown line.

        Args:
            line: the line as shown.
            start: where the orphan stands in it.
            before: the text of the line before it, restored.
            due: enumerators that may be expected here, such as `（三）`.

        Returns:
            The restored text and where it ends in `line`, or ``None`` if no reading is possible.
        """
        window = []
        for token in tokens(line, start):
            window.append(token)
            if len(window) == LONGEST:
                break
        previous = code_of(line[start - 1]) if start else b""
        beam = [_State("", 0.0)]
        for index, token in enumerate(window):
            following = window[index + 1] if index + 1 < len(window) else None
            first = index == 0
            grown: dict[tuple[str, int | None], _State] = {}
            for state in self._with_drops(beam, before, due):
                for new in self._read(state, token, following, previous if first else b"", before, due):
                    key = (new.out, new.pending)
                    if key not in grown or grown[key].score < new.score:
                        grown[key] = new
            beam = sorted(grown.values(), key=lambda s: -s.score)[:BEAM]
            if not beam:
                return None
            best = beam[0]
            if best.pending is None and best.step >= LOOKAHEAD:
                break
        settled = [state for state in beam if state.pending is None]
        if not settled:
            return None
        best = settled[0]
        return best.out[: len(best.out) - best.step], window[index - best.step].end

    # -- transitions -------------------------------------------------------------------------------------------------

    def _extend(self, state: _State, text: str, cost: float, before: str, due: tuple[str, ...], **changes) -> _State:
        out, score = state.out, state.score + cost
        for character in text:
            score += self._log_probability(character, before, out, due)
            out += character
        return _State(out, score, **changes)

    def _log_probability(self, character: str, before: str, out: str, due: tuple[str, ...]) -> float:
        if due or character == "　":
            stem = (before + out).lstrip("　 ")
            if any(enumerator.startswith(stem + character) for enumerator in due):
                return ENUMERATOR_DUE
            if character == "　":  # an indent stands at the start of a line
                return ENUMERATOR_DUE if not stem else math.log(1e-6)
        plain, cost = self._plain(character)
        context = "".join(self._plain(c)[0] for c in (before[-2:] + out)[-2:] if c != "　")
        return self.characters.log_probability(plain, context) + cost

    def _plain(self, character: str) -> tuple[str, float]:
        """The character as the model knows it, and the cost of finding it on such a page."""
        if character not in self._plain_forms:
            cost = SIMPLIFIED_HERE if self.traditional and only_simplified(character) else 0.0
            self._plain_forms[character] = (fold(simplified_form(character)), cost)
        return self._plain_forms[character]

    def _with_drops(self, beam: list[_State], before: str, due: tuple[str, ...]) -> list[_State]:
        """The states and those that follow from dropped pairs, up to four in a row."""
        every, layer = list(beam), [s for s in beam if s.pending is not None]
        for depth in range(4):
            best: dict[tuple[str, int | None], _State] = {}
            for state in layer:
                for trail, character in self._droppable(state, before, due, guess=depth > 0):
                    new = self._extend(state, character, 0.0, before, due, pending=-trail)
                    key = (new.out, new.pending)
                    if key not in best or best[key].score < new.score:
                        best[key] = new
            layer = sorted(best.values(), key=lambda s: -s.score)[: BEAM if depth == 0 else BEAM_AFTER_DROPS]
            every += layer
            if not layer:
                break
        return every

    def _droppable(self, state: _State, before: str, due: tuple[str, ...], *, guess: bool) -> Iterator[tuple[int, str]]:
        """Characters that may have stood at a dropped pair. Where their first byte is open, context alone speaks for
        them, so they must have been seen behind the character before."""
        last = self._plain((before + state.out)[-1:] or "　")[0]
        leads = self._leads(state.pending)
        due_here = "".join(due)
        if len(leads) == 1 and not guess:
            for trail, character in droppable().get(leads[0], ()):
                if self.characters.knows(self._plain(character)[0]) or character in due_here:
                    yield trail, character
            return
        for lead, trail, character in self._seen_after().get(last, ()):
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

    @staticmethod
    def _leads(pending: int | None) -> tuple[int, ...]:
        if pending is None:
            return ()
        return (pending,) if pending >= 0 else dropped_leads()[-pending]

    def _characters(self, pending: int | None, trails) -> Iterator[tuple[str, int]]:
        table = pairs()
        for lead in self._leads(pending):
            for trail in trails:
                character = table.get((lead, trail))
                if character is not None and is_text(character):
                    yield character, trail

    def _read(self, state, token, following, previous, before, due) -> Iterator[_State]:
        if state.pending is None:
            yield from self._read_in_step(state, token, following, previous, before, due)
        else:
            yield from self._read_out_of_step(state, token, following, before, due)

    def _read_in_step(self, state, token, following, previous, before, due) -> Iterator[_State]:
        if state.step == -1:
            yield from self._read_behind_orphan(state, token, before, due)
        elif token.character:
            yield self._extend(state, token.character, 0.0, before, due, step=state.step + 1)
        elif token.note:  # the last byte shown and the orphan are the character of that reading
            last = previous or (code_of(state.out[-1]) if state.out else b"")
            for lead in LEADS if last else ():
                crossed = pairs().get((last[1], lead))
                if crossed and token.note in readings(crossed):
                    yield _State(state.out, state.score, lead)
        else:
            yield _State(state.out, state.score, step=-1)
            yield self._extend(state, "?", LITERAL, before, due)

    def _read_behind_orphan(self, state, token, before, due) -> Iterator[_State]:
        """What follows an orphan without a note is the mark that cut it off; the orphan itself is open."""
        if token.note:
            return
        shown = token.character or "？"  # "??": the second one is the mark
        if is_mark(shown):
            first, second = code_of(shown)
            for lead in LEADS:
                for character, _ in self._characters(lead, (first,)):
                    yield self._extend(state, character, 0.0, before, due, pending=second)
        if shown == ",":  # the inserted comma, where it was not swallowed
            yield _State(state.out, state.score + SWALLOWED, step=-1)

    def _read_out_of_step(self, state, token, following, before, due) -> Iterator[_State]:
        shown, code = token.character, code_of(token.character or "？")
        before_mark = following is not None and is_mark(following.character)
        if not shown:  # the second half was orphaned, by a note or by a comma before a mark
            for character, _ in self._characters(state.pending, range(0x80, 0xFF) if token.note else TRAILS):
                if not token.note or token.note in readings(character):
                    yield self._extend(state, character, 0.0 if token.note or before_mark else LITERAL, before, due)
        if code and (shown or not token.note):
            yield from self._shift(state, code, before, due)
            if shown == "," and before_mark:
                yield _State(state.out, state.score + SWALLOWED, state.pending)
        elif "@" <= shown <= "~":
            for character, _ in self._characters(state.pending, (ord(shown),)):
                if not token.note or token.note in readings(character):
                    yield self._extend(state, character, 0.0, before, due)
        elif shown:  # the orphan left no trace
            for character, _ in self._characters(state.pending, TRAILS):
                resumed = self._extend(state, character, SILENT, before, due)
                yield self._extend(resumed, shown, 0.0, before, due, step=1)

    def _shift(self, state, code: bytes, before, due) -> Iterator[_State]:
        for character, _ in self._characters(state.pending, (code[0],)):
            if code[1] in LEADS:
                yield self._extend(state, character, 0.0, before, due, pending=code[1])
            else:
                yield self._extend(state, character + chr(code[1]), 0.0, before, due)
